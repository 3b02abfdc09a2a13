<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Composer</name>
    <message>
        <source>Ask your documents…</source>
        <translation>向您的文档提问…</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
</context>
<context>
    <name>Turns</name>
    <message>
        <source>Show earlier questions</source>
        <translation>显示更早的问题</translation>
    </message>
</context>
<context>
    <name>Conversations</name>
    <message>
        <source>Conversations</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>新建对话</translation>
    </message>
    <message>
        <source>Rename conversation</source>
        <translation>重命名对话</translation>
    </message>
    <message>
        <source>Delete conversation</source>
        <translation>删除对话</translation>
    </message>
    <message>
        <source>New title of the conversation:</source>
        <translation>对话的新标题：</translation>
    </message>
    <message>
        <source>Delete the conversation “{title}”?</source>
        <translation>删除对话“{title}”？</translation>
    </message>
    <message>
        <source>Its questions and answers will be deleted for good.</source>
        <translation>其中的问题和回答将被永久删除。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>The conversation was saved to {path}.</source>
        <translation>对话已保存到 {path}。</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>工作区</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>page {page}</source>
        <translation>第 {page} 页</translation>
    </message>
    <message>
        <source>(stopped)</source>
        <translation>（已停止）</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Add documents</source>
        <translation>添加文档</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <source>Choose a model file</source>
        <translation>选择模型文件</translation>
    </message>
    <message>
        <source>GGUF models</source>
        <translation>GGUF 模型</translation>
    </message>
    <message>
        <source>Export the conversation</source>
        <translation>导出对话</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown 文件</translation>
    </message>
</context>
<context>
    <name>Documents</name>
    <message>
        <source>Queued</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>Reading {done} of {total}</source>
        <translation>正在读取 {done}/{total}</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>Indexing {done} of {total}</source>
        <translation>正在建立索引 {done}/{total}</translation>
    </message>
    <message>
        <source>Indexing</source>
        <translation>正在建立索引</translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s)</source>
        <translation><numerusform>%n 个段落</numerusform></translation>
    </message>
    <message>
        <source>Ready · {passages}</source>
        <translation>就绪 · {passages}</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n document(s)?</source>
        <translation><numerusform>移除 %n 个文档？</numerusform></translation>
    </message>
    <message>
        <source>They can no longer be searched. Answers keep the passages they cite, and the files you added them from stay where they are.</source>
        <translation>移除后就不能再搜索到它们。回答中引用的段落会保留，您原来的文件也仍在原处。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>DocumentsPanel</name>
    <message>
        <source>Documents</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Drop PDF, DOCX, HTML, Markdown or text files here, or a whole folder.</source>
        <translation>将 PDF、DOCX、HTML、Markdown 或文本文件拖到这里，也可以拖入整个文件夹。</translation>
    </message>
    <message>
        <source>Add documents…</source>
        <translation>添加文档…</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Remove documents</source>
        <translation>移除文档</translation>
    </message>
    <message>
        <source>Show text</source>
        <translation>查看文本</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>DropHint</name>
    <message>
        <source>Drop to add to this workspace</source>
        <translation>松开鼠标，添加到这个工作区</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>About Quire</source>
        <translation>关于 Quire</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>New workspace…</source>
        <translation>新建工作区…</translation>
    </message>
    <message>
        <source>Add documents…</source>
        <translation>添加文档…</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Export conversation…</source>
        <translation>导出对话…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>&amp;Conversation</source>
        <translation>对话(&amp;C)</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>新建对话</translation>
    </message>
    <message>
        <source>Rename conversation…</source>
        <translation>重命名对话…</translation>
    </message>
    <message>
        <source>Delete conversation…</source>
        <translation>删除对话…</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>停止回答</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>Choose a model file…</source>
        <translation>选择模型文件…</translation>
    </message>
    <message>
        <source>Use starter model</source>
        <translation>使用入门模型</translation>
    </message>
    <message>
        <source>Quotes only</source>
        <translation>仅摘录原文</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Quire {version}

Ask your own documents, on your own machine, with citations.
Nothing leaves this computer unless you send it.</source>
        <translation>Quire {version}

在自己的电脑上向自己的文档提问，回答注明出处。
除非您主动发送，任何内容都不会离开这台电脑。</translation>
    </message>
    <message>
        <source>This document was removed; only the passage is left.</source>
        <translation>该文档已被移除，只保留了这个段落。</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>ModelLine</name>
    <message>
        <source>Choose a model file…</source>
        <translation>选择模型文件…</translation>
    </message>
    <message>
        <source>No model: answers are the best passages, quoted. For written answers, choose a Llama model file (GGUF).</source>
        <translation>没有模型：回答是最相关的段落原文。要得到撰写的回答，请选择 Llama 模型文件（GGUF）。</translation>
    </message>
    <message>
        <source>Starter model, small: for real work add Llama 3 8B</source>
        <translation>入门模型，体积很小：正式使用请添加 Llama 3 8B</translation>
    </message>
    <message>
        <source>Model: {name}</source>
        <translation>模型：{name}</translation>
    </message>
</context>
<context>
    <name>Roles</name>
    <message>
        <source>reader</source>
        <translation>读取程序</translation>
    </message>
    <message>
        <source>indexer</source>
        <translation>索引程序</translation>
    </message>
    <message>
        <source>generator</source>
        <translation>回答程序</translation>
    </message>
</context>
<context>
    <name>Sources</name>
    <message>
        <source>page {page}</source>
        <translation>第 {page} 页</translation>
    </message>
    <message>
        <source>not cited in the answer</source>
        <translation>回答中未引用</translation>
    </message>
</context>
<context>
    <name>SourcesPanel</name>
    <message>
        <source>Sources</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>The passages an answer comes from appear here.</source>
        <translation>回答所依据的段落会显示在这里。</translation>
    </message>
</context>
<context>
    <name>Turn</name>
    <message>
        <source>Answering…</source>
        <translation>正在回答…</translation>
    </message>
    <message numerus="yes">
        <source>Reading %n passage(s)…</source>
        <translation><numerusform>正在阅读 %n 个段落…</numerusform></translation>
    </message>
    <message>
        <source>Searching your documents…</source>
        <translation>正在搜索您的文档…</translation>
    </message>
    <message>
        <source>Stopped by you; what had come so far is kept.</source>
        <translation>已由您停止，已有的内容已保留。</translation>
    </message>
    <message>
        <source>Cut off at the longest answer allowed.</source>
        <translation>已达到回答的长度上限，在此截断。</translation>
    </message>
    <message>
        <source>No answer came.</source>
        <translation>没有得到回答。</translation>
    </message>
</context>
<context>
    <name>TurnView</name>
    <message>
        <source>Copy answer</source>
        <translation>复制回答</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Make a workspace</source>
        <translation>新建一个工作区</translation>
    </message>
    <message>
        <source>A workspace keeps the documents and conversations of one subject together.</source>
        <translation>工作区把同一主题的文档和对话放在一起。</translation>
    </message>
    <message>
        <source>New workspace…</source>
        <translation>新建工作区…</translation>
    </message>
    <message>
        <source>Add your documents</source>
        <translation>添加您的文档</translation>
    </message>
    <message>
        <source>Drag files or folders onto this window. They are read and indexed on this computer, and stay on it.</source>
        <translation>把文件或文件夹拖到这个窗口。读取和建立索引都在这台电脑上进行，文档不会离开这里。</translation>
    </message>
    <message>
        <source>Add documents…</source>
        <translation>添加文档…</translation>
    </message>
    <message>
        <source>Ask your documents</source>
        <translation>向您的文档提问</translation>
    </message>
    <message>
        <source>Every answer says where it comes from: click a mark such as [1] to see it.</source>
        <translation>每个回答都注明出处：点击 [1] 这样的标记即可查看。</translation>
    </message>
</context>
<context>
    <name>Workspaces</name>
    <message>
        <source>Workspaces</source>
        <translation>工作区</translation>
    </message>
    <message>
        <source>New workspace</source>
        <translation>新建工作区</translation>
    </message>
    <message>
        <source>Rename workspace</source>
        <translation>重命名工作区</translation>
    </message>
    <message>
        <source>Delete workspace</source>
        <translation>删除工作区</translation>
    </message>
    <message>
        <source>Name of the new workspace:</source>
        <translation>新工作区的名称：</translation>
    </message>
    <message>
        <source>New name of the workspace:</source>
        <translation>工作区的新名称：</translation>
    </message>
    <message>
        <source>Delete the workspace “{name}”?</source>
        <translation>删除工作区“{name}”？</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation><numerusform>%n 个文档</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n conversation(s)</source>
        <translation><numerusform>%n 个对话</numerusform></translation>
    </message>
    <message>
        <source>{documents} and {conversations} will be deleted for good ({size}). The files you added them from stay where they are.</source>
        <translation>{documents}和 {conversations}将被永久删除（{size}）。您原来的文件仍在原处。</translation>
    </message>
</context>
<context>
    <name>samples</name>
    <message>
        <source>Examples</source>
        <translation>示例</translation>
    </message>
</context>
<context>
    <name>reasons</name>
    <message>
        <source>Quire reads text, and {name} is an image; add a document that contains the text instead.</source>
        <translation>Quire 只读文字，而 {name} 是一张图片；请改为添加含有这些文字的文档。</translation>
    </message>
    <message>
        <source>{name} is a sound or video file; add a transcript of it as text instead.</source>
        <translation>{name} 是音频或视频文件；请改为添加它的文字稿。</translation>
    </message>
    <message>
        <source>{name} is an archive; unpack it and add the documents inside.</source>
        <translation>{name} 是压缩包；请先解压，再添加里面的文档。</translation>
    </message>
    <message>
        <source>{name} is a program, not a document; it was left out.</source>
        <translation>{name} 是程序，不是文档，已略过。</translation>
    </message>
    <message>
        <source>{name} is not text that Quire can read; save it as PDF, DOCX or plain text and add that.</source>
        <translation>{name} 不是 Quire 能读的文本；请另存为 PDF、DOCX 或纯文本后再添加。</translation>
    </message>
    <message>
        <source>{name} is in an old Office format; open it, save it as DOCX or PDF, and add that.</source>
        <translation>{name} 是旧版 Office 格式；请打开它，另存为 DOCX 或 PDF 后再添加。</translation>
    </message>
    <message>
        <source>Quire cannot read {kind} files yet ({name}); save it as PDF, DOCX or plain text and add that.</source>
        <translation>Quire 暂时还不能读取 {kind} 文件（{name}）；请另存为 PDF、DOCX 或纯文本后再添加。</translation>
    </message>
    <message>
        <source>{name} is empty; there is nothing to find in it.</source>
        <translation>{name} 是空的，里面没有可查找的内容。</translation>
    </message>
    <message>
        <source>{name} has {pages} pages and none of them contains text, so it is probably a scan; run text recognition (OCR) on it and add the result.</source>
        <translation>{name} 共 {pages} 页，没有一页含有文字，很可能是扫描件；请先做文字识别（OCR），再添加识别后的文件。</translation>
    </message>
    <message>
        <source>{name} is protected by a password; save a copy without the password and add that.</source>
        <translation>{name} 有密码保护；请另存一份不带密码的再添加。</translation>
    </message>
    <message>
        <source>{name} is damaged and could not be read; open it in the program that made it, save it again and add that.</source>
        <translation>{name} 已损坏，无法读取；请用原来的程序打开它，重新保存后再添加。</translation>
    </message>
    <message>
        <source>{name} is larger than {limit} MB; split it into smaller documents and add those.</source>
        <translation>{name} 超过 {limit} MB；请拆成几个较小的文档后再添加。</translation>
    </message>
    <message>
        <source>{name} holds more than {limit} MB once it is unpacked; split it into smaller documents and add those.</source>
        <translation>{name} 解压后超过 {limit} MB；请拆分成较小的文档后再添加。</translation>
    </message>
    <message>
        <source>The name of {name} is not valid text; rename it and add it again.</source>
        <translation>{name} 的文件名不是有效的文字；请重命名后再添加。</translation>
    </message>
    <message>
        <source>There is no file at {name}; check the path and add it again.</source>
        <translation>{name} 处没有文件；请检查路径后重新添加。</translation>
    </message>
    <message>
        <source>You do not have the right to read {name}; change its permissions and add it again.</source>
        <translation>您没有读取 {name} 的权限；请修改它的权限后重新添加。</translation>
    </message>
    <message>
        <source>{name} is not a regular file; it was left out.</source>
        <translation>{name} 不是普通文件，已略过。</translation>
    </message>
    <message>
        <source>A part of Quire stopped twice while it worked on {name}, so that was set aside; the other documents went on.</source>
        <translation>处理 {name} 时，Quire 的一个部件两次中断，因此已将它搁置；其他文档不受影响。</translation>
    </message>
    <message>
        <source>{name} could not be read ({details}); check the file and add it again.</source>
        <translation>无法读取 {name}（{details}）；请检查该文件后重新添加。</translation>
    </message>
    <message>
        <source>{name} has the same content as {other}, which is already here.</source>
        <translation>{name} 与已有的 {other} 内容相同。</translation>
    </message>
    <message>
        <source>None of the documents in this workspace says anything about that; add one that does, or ask in other words.</source>
        <translation>这个工作区的文档都没有谈到这个问题；请添加相关文档，或换一种问法。</translation>
    </message>
    <message>
        <source>These are the passages that fit best, quoted; to get written answers, add a model with Model › Choose a model file….</source>
        <translation>以上是最相关的段落原文；要得到撰写的回答，请用“模型 › 选择模型文件…”添加一个模型。</translation>
    </message>
    <message>
        <source>{count} of the passages found did not fit into the model's context and were left out.</source>
        <translation>找到的段落中有 {count} 段超出模型的上下文长度，没有用上。</translation>
    </message>
    <message>
        <source>{name} is not a GGUF model file; choose a file whose name ends in .gguf, for example Llama 3 8B Instruct Q4_K_M.</source>
        <translation>{name} 不是 GGUF 模型文件；请选择以 .gguf 结尾的文件，例如 Llama 3 8B Instruct Q4_K_M。</translation>
    </message>
    <message>
        <source>{name} is a damaged or incomplete GGUF file; download it again.</source>
        <translation>GGUF 文件 {name} 已损坏或不完整；请重新下载。</translation>
    </message>
    <message>
        <source>{name} holds a {architecture} model, and Quire runs models of the Llama family; choose one of those.</source>
        <translation>{name} 是 {architecture} 模型，而 Quire 运行 Llama 系列的模型；请从中选择一个。</translation>
    </message>
    <message>
        <source>The model file {name} is no longer there; choose a model file again.</source>
        <translation>模型文件 {name} 已不在原处；请重新选择模型文件。</translation>
    </message>
    <message>
        <source>The model {name} could not be loaded ({details}); choose another model file.</source>
        <translation>无法载入模型 {name}（{details}）；请选择别的模型文件。</translation>
    </message>
    <message>
        <source>The question is too long for this model; ask it in fewer words, or start a new conversation.</source>
        <translation>这个问题对该模型来说太长了；请缩短问题，或新建一个对话。</translation>
    </message>
    <message>
        <source>The embedding model is not installed; run the set-up again to get it.</source>
        <translation>尚未安装嵌入模型；请重新运行安装程序来获取。</translation>
    </message>
    <message>
        <source>The {role} ran out of memory and was stopped; close other programs or choose a smaller model, and try again.</source>
        <translation>{role}内存不足，已被停止；请关闭其他程序或选择更小的模型，然后重试。</translation>
    </message>
    <message>
        <source>The {role} stopped unexpectedly ({details}); what you gave is safe, try again.</source>
        <translation>{role}意外停止（{details}）；您的资料都还在，请重试。</translation>
    </message>
    <message>
        <source>The {role} was stopped because it did not answer; try again.</source>
        <translation>{role}没有响应，已被停止；请重试。</translation>
    </message>
    <message>
        <source>The {role} stopped three times in a minute and stays off; restart Quire to try again.</source>
        <translation>{role}一分钟内停止了三次，不再自动启动；请重新启动 Quire 后再试。</translation>
    </message>
    <message>
        <source>The {role} could not be started ({details}); install Quire again.</source>
        <translation>{role}无法启动（{details}）；请重新安装 Quire。</translation>
    </message>
    <message>
        <source>Quire cannot write to {name}; choose another folder with --home, or change its permissions.</source>
        <translation>Quire 无法写入 {name}；请用 --home 指定别的文件夹，或修改它的权限。</translation>
    </message>
    <message>
        <source>Quire is already open on {name}; use that window, or close it first.</source>
        <translation>Quire 已经在使用 {name}；请使用已打开的窗口，或先将它关闭。</translation>
    </message>
    <message>
        <source>{name} was written by a newer Quire; install the newest version to open it.</source>
        <translation>{name} 由更新版本的 Quire 写入；请安装最新版本后再打开。</translation>
    </message>
    <message>
        <source>{name} is damaged and could not be opened ({details}); restore it from a copy, or move it away.</source>
        <translation>{name} 已损坏，无法打开（{details}）；请从备份恢复，或把它移到别处。</translation>
    </message>
    <message>
        <source>The disk is full; free some space and try again, what was there before is safe.</source>
        <translation>磁盘已满；请腾出一些空间后重试，原有的资料都还在。</translation>
    </message>
    <message>
        <source>The disk refused to read or write {name} ({details}); check the disk and try again.</source>
        <translation>磁盘无法读写 {name}（{details}）；请检查磁盘后重试。</translation>
    </message>
    <message>
        <source>There is no workspace named {name}; create it first.</source>
        <translation>没有名为 {name} 的工作区；请先新建。</translation>
    </message>
    <message>
        <source>There is no document named {name} in this workspace.</source>
        <translation>这个工作区里没有名为 {name} 的文档。</translation>
    </message>
    <message>
        <source>There is no conversation named {name} in this workspace.</source>
        <translation>这个工作区里没有名为 {name} 的对话。</translation>
    </message>
    <message>
        <source>There is already a workspace named {name}; choose another name.</source>
        <translation>已有名为 {name} 的工作区；请换一个名称。</translation>
    </message>
    <message>
        <source>A name cannot be empty; type one.</source>
        <translation>名称不能为空；请输入一个名称。</translation>
    </message>
    <message>
        <source>There is no question to answer; type one.</source>
        <translation>还没有问题；请先输入问题。</translation>
    </message>
    <message>
        <source>Quire is still answering the last question; wait for it, or press Stop.</source>
        <translation>Quire 还在回答上一个问题；请稍候，或按“停止”。</translation>
    </message>
    <message>
        <source>The search index was damaged ({details}) and is built again from your documents.</source>
        <translation>搜索索引已损坏（{details}），正在根据您的文档重新建立。</translation>
    </message>
    <message>
        <source>Something went wrong inside Quire ({details}); what you gave is safe, and the log has the details.</source>
        <translation>Quire 内部出错（{details}）；您的资料都还在，详情见日志。</translation>
    </message>
</context>
</TS>
