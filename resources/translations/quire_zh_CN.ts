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
        <source>(unfinished: still being written at the time of the export)</source>
        <translation>（未完成：导出时仍在书写）</translation>
    </message>
    <message>
        <source>(unfinished: stopped while it was being written)</source>
        <translation>（未完成：书写途中已停止）</translation>
    </message>
    <message>
        <source>(unfinished: something went wrong)</source>
        <translation>（未完成：出现了问题）</translation>
    </message>
    <message>
        <source>(unfinished: Quire ended while it was being written)</source>
        <translation>（未完成：书写途中 Quire 结束了）</translation>
    </message>
    <message>
        <source>(unfinished: cut off at the longest answer allowed)</source>
        <translation>（未完成：已达到回答的长度上限，在此截断）</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Export the conversation</source>
        <translation>导出对话</translation>
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
        <source>Choose a model file</source>
        <translation>选择模型文件</translation>
    </message>
    <message>
        <source>GGUF models</source>
        <translation>GGUF 模型</translation>
    </message>
    <message>
        <source>Table (CSV)</source>
        <translation>表格（CSV）</translation>
    </message>
</context>
<context>
    <name>Documents</name>
    <message>
        <source>Reading {done} of {total}</source>
        <translation>正在读取 {done}/{total}</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>正在读取</translation>
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
    <message numerus="yes">
        <source>%n remark(s)</source>
        <translation><numerusform>%n 条提示</numerusform></translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <source>Found by its words already</source>
        <translation>已可按关键词搜索</translation>
    </message>
    <message>
        <source>Found by its words already · embedding</source>
        <translation>已可按关键词搜索 · 正在生成向量</translation>
    </message>
    <message>
        <source>Found by its words already · embedding {done} of {total}</source>
        <translation>已可按关键词搜索 · 正在生成向量 {done}/{total}</translation>
    </message>
    <message>
        <source>New version · {standing}</source>
        <translation>新版本 · {standing}</translation>
    </message>
    <message>
        <source>Reading {done} of {total} pages</source>
        <translation>正在读取 {done}/{total} 页</translation>
    </message>
    <message>
        <source>Splitting its text</source>
        <translation>正在切分文本</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>its file has left the watched folder</source>
        <translation>原文件已不在监视的文件夹中</translation>
    </message>
</context>
<context>
    <name>DocumentsPanel</name>
    <message>
        <source>Documents</source>
        <translation>文档</translation>
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
    <message>
        <source>Cancel import</source>
        <translation>取消导入</translation>
    </message>
    <message>
        <source>Enter password…</source>
        <translation>输入密码…</translation>
    </message>
    <message>
        <source>Import report…</source>
        <translation>导入报告…</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Show the document it duplicates</source>
        <translation>查看与之重复的文档</translation>
    </message>
    <message>
        <source>Drop documents here, or a whole folder: PDF, Word, Excel, PowerPoint, OpenDocument, EPUB, e-mail, web pages, Markdown, tables or text.</source>
        <translation>将文档或整个文件夹拖到这里：PDF、Word、Excel、PowerPoint、OpenDocument、EPUB、邮件、网页、Markdown、表格或文本。</translation>
    </message>
    <message>
        <source>Why is it not in the answer?</source>
        <translation>为什么回答中没有它？</translation>
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
    <name>MainMenu</name>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
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
        <source>Check and repair…</source>
        <translation>检查与修复…</translation>
    </message>
    <message>
        <source>Embedding model of this workspace…</source>
        <translation>此工作区的嵌入模型…</translation>
    </message>
    <message>
        <source>Import report…</source>
        <translation>导入报告…</translation>
    </message>
    <message>
        <source>Watched folders…</source>
        <translation>监视的文件夹…</translation>
    </message>
    <message>
        <source>Search settings and test questions…</source>
        <translation>搜索设置和测试问题…</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>模型…</translation>
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
        <source>Get a model…</source>
        <translation>获取模型…</translation>
    </message>
    <message>
        <source>No model: answers are the best passages, quoted. For written answers, get a Llama model.</source>
        <translation>没有模型：回答是最相关的段落原文。要得到撰写的回答，请获取一个 Llama 模型。</translation>
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
    <message>
        <source>downloader</source>
        <translation>下载程序</translation>
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
    <message>
        <source>line {line}</source>
        <translation>文本第 {line} 行</translation>
    </message>
    <message>
        <source>row {row}</source>
        <translation>表格第 {row} 行</translation>
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
    <message>
        <source>Nearest passages</source>
        <translation>最接近的段落</translation>
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
        <source>Quire ended while this was being written; what had come so far is kept.</source>
        <translation>书写途中 Quire 结束了，已有的内容已保留。</translation>
    </message>
    <message>
        <source>No answer came.</source>
        <translation>没有得到回答。</translation>
    </message>
    <message>
        <source>Reading the sources: {read} of {total} tokens</source>
        <translation>正在阅读来源：已读 {read} 个词元，共 {total} 个</translation>
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
    <message>
        <source>Answer anyway</source>
        <translation>仍然作答</translation>
    </message>
    <message>
        <source>Why these passages?</source>
        <translation>为什么是这些段落？</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>What this answer took: tokens, time, memory</source>
        <translation>写这个回答用了多少词元、时间和内存</translation>
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
        <source>A part of Quire stopped more than once while it worked on {name}, so that was set aside; the other documents went on.</source>
        <translation>处理 {name} 时，Quire 的一个部件不止一次中断，因此已将它搁置；其他文档不受影响。</translation>
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
        <source>This document is still being imported; ask again when it is ready.</source>
        <translation>这个文档还在导入；请等它就绪后再问。</translation>
    </message>
    <message>
        <source>Your documents do not seem to answer this, so nothing was written; the passages that come nearest are listed, and you can have an answer written from them anyway.</source>
        <translation>您的文档似乎没有回答这个问题，因此没有写出答案；最接近的段落已经列出，您仍可以让模型据此作答。</translation>
    </message>
    <message>
        <source>These are the passages that fit best, quoted; for written answers, get a model with Model › Models….</source>
        <translation>以上是最相关的段落原文；要得到撰写的回答，请用“模型 › 模型…”获取一个模型。</translation>
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
        <source>The {role} was ended by another program or by the system; what you gave is safe, try again.</source>
        <translation>{role}被其他程序或系统结束；您提供的内容没有丢失，请重试。</translation>
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
        <source>{name} is no set of questions; it needs questions.jsonl, and corpus.jsonl or documents.jsonl beside it.</source>
        <translation>{name} 不是问题集；其中须有 questions.jsonl，以及 corpus.jsonl 或 documents.jsonl。</translation>
    </message>
    <message>
        <source>Line {line} of {name} is not what a set of questions holds ({details}); correct it and try again.</source>
        <translation>{name} 第 {line} 行不符合问题集的格式（{details}）；请改正后重试。</translation>
    </message>
    <message>
        <source>{count} documents of the set {name} could not be imported ({names}); correct them and try again.</source>
        <translation>问题集 {name} 中有 {count} 个文档未能导入（{names}）；请改正后重试。</translation>
    </message>
    <message>
        <source>The workspace {name} in this home does not hold exactly the documents of the set; choose another home with --home.</source>
        <translation>此数据文件夹里的工作区 {name} 与该问题集的文档不完全一致；请用 --home 另选一个文件夹。</translation>
    </message>
    <message>
        <source>Something went wrong inside Quire ({details}); what you gave is safe, and the log has the details.</source>
        <translation>Quire 内部出错（{details}）；您的资料都还在，详情见日志。</translation>
    </message>
    <message>
        <source>A newer version of {name} has taken its place.</source>
        <translation>{name} 已被更新的版本取代。</translation>
    </message>
    <message>
        <source>Files of {count} documents that were removed were still there.</source>
        <translation>有 {count} 个已移除文档的文件仍未清除。</translation>
    </message>
    <message>
        <source>None of the passwords given opens {name}; try another, or save a copy without a password and add that.</source>
        <translation>给出的密码都打不开 {name}；请换一个再试，或另存一份没有密码的副本再添加。</translation>
    </message>
    <message>
        <source>Quire's own copy of {count} documents is missing or damaged ({names}).</source>
        <translation>Quire 保存的 {count} 个文档副本缺失或损坏（{names}）。</translation>
    </message>
    <message>
        <source>Quire's own copy of {count} documents is missing or damaged and the originals have gone or changed ({names}); they can still be searched, add them again if you can.</source>
        <translation>Quire 保存的 {count} 个文档副本缺失或损坏，原文件也已不在或有改动（{names}）；仍可搜索它们，如有可能请重新添加。</translation>
    </message>
    <message>
        <source>That folder is not being watched.</source>
        <translation>没有在监视那个文件夹。</translation>
    </message>
    <message>
        <source>The catalogue of this workspace is damaged ({details}); restore the workspace from a copy, or add its documents to a new one.</source>
        <translation>这个工作区的目录已损坏（{details}）；请从备份恢复工作区，或把其中的文档添加到新的工作区。</translation>
    </message>
    <message>
        <source>The embedding model at {name} is no longer there; search goes on by keyword, choose another model or put it back.</source>
        <translation>嵌入模型 {name} 已不在原处；目前只按关键词搜索，请选择其他模型，或把它放回原处。</translation>
    </message>
    <message>
        <source>The extracted text of {count} documents is missing or damaged ({names}).</source>
        <translation>{count} 个文档提取出的文字缺失或损坏（{names}）。</translation>
    </message>
    <message>
        <source>The fonts of {name} do not say which letters they show ({garbled} of {pages} pages), so its text cannot be read; run text recognition (OCR) on it and add the result.</source>
        <translation>{name} 的字体没有说明显示的是什么字（{pages} 页中有 {garbled} 页），因此无法读取文字；请先做文字识别（OCR），再添加结果。</translation>
    </message>
    <message>
        <source>The import of {name} was cancelled; press Retry to take it up again.</source>
        <translation>{name} 的导入已取消；点“重试”可重新导入。</translation>
    </message>
    <message>
        <source>The newest version of the search index was damaged; an older one was opened, and what it lacked was written again.</source>
        <translation>搜索索引的最新版本已损坏；已打开较早的版本，并补写了缺少的内容。</translation>
    </message>
    <message>
        <source>The search index held passages of {count} documents that are no more.</source>
        <translation>搜索索引中还有 {count} 个已不存在的文档的段落。</translation>
    </message>
    <message>
        <source>The search index lacked passages of {count} documents.</source>
        <translation>搜索索引缺少 {count} 个文档的段落。</translation>
    </message>
    <message>
        <source>The search index lacked vectors of {count} documents.</source>
        <translation>搜索索引缺少 {count} 个文档的向量。</translation>
    </message>
    <message>
        <source>The search index was damaged ({details}) and had to be built again.</source>
        <translation>搜索索引已损坏（{details}），必须重新建立。</translation>
    </message>
    <message>
        <source>The watched folder {name} is not there; its documents stay, and it is followed again once it is back.</source>
        <translation>监视的文件夹 {name} 不在原处；其中的文档会保留，文件夹恢复后会继续监视。</translation>
    </message>
    <message>
        <source>There is no earlier embedding model to go back to.</source>
        <translation>没有可以换回的嵌入模型。</translation>
    </message>
    <message>
        <source>There is no folder at {name}; choose a folder.</source>
        <translation>{name} 处没有文件夹；请选择一个文件夹。</translation>
    </message>
    <message>
        <source>{count} documents were taken for ready but have no passages ({names}).</source>
        <translation>{count} 个文档被当作就绪，却没有段落（{names}）。</translation>
    </message>
    <message>
        <source>{count} files of interrupted work were still there.</source>
        <translation>还留有 {count} 个中断操作的文件。</translation>
    </message>
    <message>
        <source>{count} passages have no vector yet; they are being embedded.</source>
        <translation>{count} 个段落还没有向量；正在生成。</translation>
    </message>
    <message>
        <source>{name} is a scan without text: {silent} of {pages} pages; run text recognition (OCR) on it and add the result.</source>
        <translation>{name} 是没有文字的扫描件（{pages} 页中有 {silent} 页）；请先做文字识别（OCR），再添加结果。</translation>
    </message>
    <message>
        <source>{name} is already here and has moved; Quire follows it.</source>
        <translation>{name} 已在这里，只是换了位置；Quire 会跟随它。</translation>
    </message>
    <message>
        <source>{name} is already here and has not changed.</source>
        <translation>{name} 已在这里，没有改动。</translation>
    </message>
    <message>
        <source>{name} is being watched already, or lies inside a folder that is.</source>
        <translation>已在监视 {name}，或它位于已监视的文件夹中。</translation>
    </message>
    <message>
        <source>{name} is damaged; Quire read what could be read of it, so compare it with the original.</source>
        <translation>{name} 已损坏；Quire 读取了其中能读的部分，请与原件核对。</translation>
    </message>
    <message>
        <source>{name} is not an embedding model that Quire can load ({details}); choose the folder of a sentence-transformers model.</source>
        <translation>{name} 不是 Quire 能加载的嵌入模型（{details}）；请选择 sentence-transformers 模型所在的文件夹。</translation>
    </message>
    <message>
        <source>{name} is protected against copying (DRM), so only the program it was bought for can open it; add a copy without protection.</source>
        <translation>{name} 有防复制保护（DRM），只有购买时指定的程序才能打开；请添加没有保护的副本。</translation>
    </message>
    <message>
        <source>{name} is protected by a password; give the password, or save a copy without one and add that.</source>
        <translation>{name} 受密码保护；请提供密码，或另存一份没有密码的副本再添加。</translation>
    </message>
    <message>
        <source>{name} is the embedding model of this workspace already.</source>
        <translation>{name} 已是这个工作区的嵌入模型。</translation>
    </message>
    <message>
        <source>{name} is very long; only its first {read} of {total} {unit} were read, split it into smaller documents to have all of it.</source>
        <translation>{name} 很长；只读取了前 {read}/{total} {unit}，请拆成较小的文档以便全部读取。</translation>
    </message>
    <message>
        <source>{name} was removed from this workspace.</source>
        <translation>{name} 已从这个工作区移除。</translation>
    </message>
    <message>
        <source>{name}: empty pages: {blank} of {pages} (page {numbers}); there is nothing on them to find.</source>
        <translation>{name}：{pages} 页中有 {blank} 页是空白页（第 {numbers} 页），其中没有可搜索的内容。</translation>
    </message>
    <message>
        <source>{name}: pages that are damaged and could not be read: {broken} of {pages} (page {numbers}).</source>
        <translation>{name}：{pages} 页中有 {broken} 页已损坏，无法读取（第 {numbers} 页）。</translation>
    </message>
    <message>
        <source>{name}: pages whose text cannot be read: {garbled} of {pages} (page {numbers}), because their fonts do not say which letters they show.</source>
        <translation>{name}：{pages} 页中有 {garbled} 页的文字无法读取（第 {numbers} 页），因为字体没有说明显示的是什么字。</translation>
    </message>
    <message>
        <source>{name}: pages without text: {silent} of {pages} (page {numbers}), probably scanned; run text recognition (OCR) on it to have them found too.</source>
        <translation>{name}：{pages} 页中有 {silent} 页没有文字（第 {numbers} 页），可能是扫描件；做文字识别（OCR）后也能搜索到它们。</translation>
    </message>
    <message>
        <source>{name}: text that was deleted with changes tracked was left out ({count} places).</source>
        <translation>{name}：已略去修订中删除的文字（{count} 处）。</translation>
    </message>
    <message>
        <source>{name}: {count} attachments were left out; save them as files and add those.</source>
        <translation>{name}：已略去 {count} 个附件；请另存为文件再添加。</translation>
    </message>
    <message>
        <source>{name}: {count} characters could not be decoded and show as �.</source>
        <translation>{name}：有 {count} 个字符无法解码，显示为 �。</translation>
    </message>
    <message>
        <source>{name}: {count} comments were left out.</source>
        <translation>{name}：已略去 {count} 条批注。</translation>
    </message>
    <message>
        <source>{name}: {count} embedded objects were left out; save them as files and add those.</source>
        <translation>{name}：已略去 {count} 个嵌入对象；请另存为文件再添加。</translation>
    </message>
    <message>
        <source>{name} is no longer in its watched folder, and was removed from this workspace.</source>
        <translation>{name} 已不在监视的文件夹中，并已从这个工作区移除。</translation>
    </message>
    <message>
        <source>The watched folder {name} is empty, as when its drive is not connected; its documents stay. If you deleted the files, remove the documents here too.</source>
        <translation>监视的文件夹 {name} 是空的，可能是所在的磁盘没有连接；其中的文档会保留。如果是您删除了这些文件，请在这里也移除对应的文档。</translation>
    </message>
    <message>
        <source>{name} holds Quire's own data, or lies inside it; choose another folder.</source>
        <translation>{name} 里有 Quire 自己的数据，或位于其中；请选择其他文件夹。</translation>
    </message>
    <message>
        <source>{unknown} of {embedded} passages are in languages that this embedding model does not know: {languages}. They are found by their words alone; choose a multilingual embedding model to find them by their meaning too.</source>
        <translation>{embedded} 个段落中有 {unknown} 个使用了这个嵌入模型不懂的语言：{languages}。这些段落只能按字词找到；请选择一个多语言嵌入模型，以便也能按含义找到它们。</translation>
    </message>
    <message>
        <source>The reranking model at {name} is no longer there; passages stay in the order that search gives them, choose another one or turn reranking off.</source>
        <translation>重排序模型已不在 {name}；段落将保持搜索给出的顺序，请另选一个模型，或停用重排序。</translation>
    </message>
    <message>
        <source>{name} is not a reranking model that Quire can load ({details}); choose the folder of a cross-encoder of sentence-transformers.</source>
        <translation>{name} 不是 Quire 能加载的重排序模型（{details}）；请选择 sentence-transformers 交叉编码器（cross-encoder）所在的文件夹。</translation>
    </message>
    <message>
        <source>The reranking model {name} could not be used ({details}); passages stay in the order that search gives them until it is chosen again.</source>
        <translation>无法使用重排序模型 {name}（{details}）；在重新选择它之前，段落将保持搜索给出的顺序。</translation>
    </message>
    <message>
        <source>{name} was removed or has changed since then, so this passage cannot be shown any more.</source>
        <translation>{name} 后来被移除或改动了，因此无法再显示这个段落。</translation>
    </message>
    <message>
        <source>Only a question that was answered from your documents can be kept as a test question; ask it again.</source>
        <translation>只有根据您的文档回答了的问题才能留作测试问题；请重新提问。</translation>
    </message>
    <message>
        <source>The documents this answer came from are no longer here, so its question cannot be kept as a test question.</source>
        <translation>这个回答所依据的文档已不在此处，因此不能把它的问题留作测试问题。</translation>
    </message>
    <message>
        <source>That question is no longer in this conversation.</source>
        <translation>这个问题已不在此对话中。</translation>
    </message>
    <message>
        <source>Words and meaning count between 0 and 2 each, and not both 0; choose other values.</source>
        <translation>词语和语义的权重各在 0 到 2 之间，且不能同时为 0；请选择其他数值。</translation>
    </message>
    <message>
        <source>No new embedding model waits for a decision; choose one first.</source>
        <translation>没有等待决定的新嵌入模型；请先选择一个。</translation>
    </message>
    <message>
        <source>A passage has at least {least} tokens, and no more than the embedding model reads ({most}); choose another length.</source>
        <translation>一个段落至少有 {least} 个词元，且不超过嵌入模型一次能读的数量（{most}）；请选择其他长度。</translation>
    </message>
    <message>
        <source>The embedding model of this workspace is being changed; try another length of passages when that is decided.</source>
        <translation>此工作区正在更换嵌入模型；请在决定之后再试其他段落长度。</translation>
    </message>
    <message>
        <source>There are no passages of another length to accept; try a length first.</source>
        <translation>没有可以采用的其他长度的段落；请先试一个长度。</translation>
    </message>
    <message>
        <source>{name} is no address of a mirror; it begins with https:// and has the paths of the Hugging Face hub.</source>
        <translation>{name} 不是镜像站的地址；地址以 https:// 开头，路径与 Hugging Face 相同。</translation>
    </message>
    <message>
        <source>{name} is no name of a repository; type its owner and its name, for example bartowski/Llama-3.2-3B-Instruct-GGUF.</source>
        <translation>{name} 不是模型仓库的名称；请输入所有者和名称，例如 bartowski/Llama-3.2-3B-Instruct-GGUF。</translation>
    </message>
    <message>
        <source>{name} answered with something that is no list of files; try another mirror.</source>
        <translation>{name} 返回的内容不是文件列表；请换一个镜像站。</translation>
    </message>
    <message>
        <source>No mirror could list the files of {name} ({details}); check the name and the connection, and try again.</source>
        <translation>没有镜像站能列出 {name} 的文件（{details}）；请检查名称和网络连接后重试。</translation>
    </message>
    <message>
        <source>{name} holds no GGUF file that Quire could download; choose a repository whose name ends in GGUF.</source>
        <translation>{name} 中没有 Quire 可以下载的 GGUF 文件；请选择名称以 GGUF 结尾的仓库。</translation>
    </message>
    <message>
        <source>No mirror says what {name} must be like, so it was not downloaded; choose another file or mirror.</source>
        <translation>没有镜像站说明 {name} 应有的校验值，因此没有下载；请选择其他文件或镜像站。</translation>
    </message>
    <message>
        <source>{name} needs {size} GB and the disk has {free} GB left; free some space and resume the download.</source>
        <translation>{name} 需要 {size} GB，而磁盘只剩 {free} GB；请腾出空间后继续下载。</translation>
    </message>
    <message>
        <source>No mirror could be reached for {name}; check the connection (or a proxy's settings) and resume the download, what has come is kept.</source>
        <translation>无法连接任何镜像站以下载 {name}；请检查网络连接（或代理设置）后继续下载，已下载的部分会保留。</translation>
    </message>
    <message>
        <source>{name} came too slowly from every mirror; resume the download later, what has come is kept.</source>
        <translation>各镜像站传送 {name} 都太慢；请稍后继续下载，已下载的部分会保留。</translation>
    </message>
    <message>
        <source>Every mirror has too much to do to send {name}; resume the download in some minutes, what has come is kept.</source>
        <translation>各镜像站都太忙，无法传送 {name}；请几分钟后继续下载，已下载的部分会保留。</translation>
    </message>
    <message>
        <source>No mirror has {name} any more; choose another model.</source>
        <translation>已没有镜像站提供 {name}；请选择其他模型。</translation>
    </message>
    <message>
        <source>Every mirror refused to send {name}; it may want an account there, so choose another model or mirror.</source>
        <translation>各镜像站都拒绝传送 {name}；那里可能需要账号，请选择其他模型或镜像站。</translation>
    </message>
    <message>
        <source>What the mirrors sent for {name} is not the file that was wanted (another size or content), so nothing of it was kept; try another mirror.</source>
        <translation>各镜像站传来的 {name} 并不是所需的文件（大小或内容不同），因此没有保留；请换一个镜像站。</translation>
    </message>
    <message>
        <source>The mirrors sent Quire on to hosts that are not known to be theirs, so {name} was not downloaded; choose another mirror.</source>
        <translation>镜像站把 Quire 转到了不属于它们的主机，因此没有下载 {name}；请换一个镜像站。</translation>
    </message>
    <message>
        <source>No mirror gave {name} ({details}); check the connection and resume the download, what has come is kept.</source>
        <translation>没有镜像站提供 {name}（{details}）；请检查网络连接后继续下载，已下载的部分会保留。</translation>
    </message>
    <message>
        <source>It takes about {memory} GB of this machine's {memory_there} GB of memory, and {disk} GB of the disk.</source>
        <translation>约占用本机 {memory_there} GB 内存中的 {memory} GB，以及 {disk} GB 磁盘空间。</translation>
    </message>
    <message>
        <source>It takes about {memory} GB of this machine's {memory_there} GB of memory, and is on the disk already.</source>
        <translation>约占用本机 {memory_there} GB 内存中的 {memory} GB，文件已在磁盘上。</translation>
    </message>
    <message>
        <source>It takes about {memory} GB of this machine's {memory_there} GB of memory; it will only just fit, so close other programs while you use it.</source>
        <translation>约占用本机 {memory_there} GB 内存中的 {memory} GB，刚好放得下；使用时请关闭其他程序。</translation>
    </message>
    <message>
        <source>It takes about {memory} GB of memory and this machine has {memory_there} GB; choose a smaller model.</source>
        <translation>约需 {memory} GB 内存，而本机只有 {memory_there} GB；请选择更小的模型。</translation>
    </message>
    <message>
        <source>It takes {disk} GB of the {disk_free} GB that are free on the disk; little will be left for your documents.</source>
        <translation>需要 {disk} GB 磁盘空间，而磁盘剩余 {disk_free} GB；留给文档的空间会很少。</translation>
    </message>
    <message>
        <source>It takes {disk} GB of the disk and only {disk_free} GB are free; free some space, or choose a smaller model.</source>
        <translation>需要 {disk} GB 磁盘空间，而磁盘只剩 {disk_free} GB；请清理空间，或选择更小的模型。</translation>
    </message>
    <message>
        <source>There is no model named {name} among those that Quire offers; look at their names with quire models list.</source>
        <translation>Quire 提供的模型中没有名为 {name} 的；请用 quire models list 查看名称。</translation>
    </message>
    <message>
        <source>{name} comes with a licence that has to be accepted before it is downloaded.</source>
        <translation>{name} 附带许可协议，下载前需要先接受。</translation>
    </message>
    <message>
        <source>{name} is a GGUF file of the Llama family with a sound header; Quire can run it.</source>
        <translation>{name} 是 Llama 系列的 GGUF 文件，文件头完好；Quire 可以运行它。</translation>
    </message>
    <message>
        <source>{name} is {title}, byte for byte: its size and SHA-256 are those that were published.</source>
        <translation>{name} 就是 {title}，逐字节相同：大小和 SHA-256 都与公布的一致。</translation>
    </message>
    <message>
        <source>{name} has the name and the size of {title}; Quire knows no SHA-256 to compare it with.</source>
        <translation>{name} 的名称和大小与 {title} 相同；Quire 没有可供核对的 SHA-256。</translation>
    </message>
    <message>
        <source>{name} has the name of {title}, but {size} bytes instead of {expected}; it is incomplete or another edition, download it again.</source>
        <translation>{name} 的名称与 {title} 相同，但大小是 {size} 字节，而不是 {expected} 字节；文件不完整或是另一个版本，请重新下载。</translation>
    </message>
    <message>
        <source>{name} has the name of {title}, but another content (SHA-256 {sha256}); it is damaged or another edition, download it again.</source>
        <translation>{name} 的名称与 {title} 相同，但内容不同（SHA-256 {sha256}）；文件已损坏或是另一个版本，请重新下载。</translation>
    </message>
    <message>
        <source>{name} has no GGUF file {file}; look at the names of its files and try again.</source>
        <translation>{name} 中没有 GGUF 文件 {file}；请查看它的文件名后重试。</translation>
    </message>
    <message>
        <source>The first questions of this conversation ({count}) did not fit into the model's context and were left out.</source>
        <translation>本对话最早的 {count} 个问题超出了模型的上下文，未提供给模型。</translation>
    </message>
    <message>
        <source>{count} of the passages found and the first questions of this conversation ({turns}) did not fit into the model's context and were left out.</source>
        <translation>找到的段落中有 {count} 个、本对话最早的 {turns} 个问题超出了模型的上下文，未提供给模型。</translation>
    </message>
</context>
<context>
    <name>Check</name>
    <message numerus="yes">
        <source>%n thing(s) found that should be repaired.</source>
        <translation><numerusform>发现 %n 处需要修复的问题。</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) could not be repaired.</source>
        <translation><numerusform>有 %n 处问题未能修复。</numerusform></translation>
    </message>
    <message>
        <source>Cancelled; what was repaired so far stays repaired.</source>
        <translation>已取消；此前修复的内容保持不变。</translation>
    </message>
    <message>
        <source>Checking the workspace…</source>
        <translation>正在检查工作区…</translation>
    </message>
    <message>
        <source>Everything is in order.</source>
        <translation>一切正常。</translation>
    </message>
    <message>
        <source>Everything was repaired.</source>
        <translation>已全部修复。</translation>
    </message>
    <message>
        <source>Repaired: {finding}</source>
        <translation>已修复：{finding}</translation>
    </message>
    <message>
        <source>Repairing the workspace…</source>
        <translation>正在修复工作区…</translation>
    </message>
    <message>
        <source>There was nothing to repair.</source>
        <translation>没有需要修复的内容。</translation>
    </message>
</context>
<context>
    <name>CheckWindow</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Check and repair</source>
        <translation>检查与修复</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>检查结果</translation>
    </message>
</context>
<context>
    <name>DocumentDetails</name>
    <message numerus="yes">
        <source>(%n more: see Show text)</source>
        <translation><numerusform>（另有 %n 条，见“查看文本”）</numerusform></translation>
    </message>
    <message>
        <source>Enter password…</source>
        <translation>输入密码…</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Show that document</source>
        <translation>查看那个文档</translation>
    </message>
</context>
<context>
    <name>Embedder</name>
    <message>
        <source>Choose the folder of a sentence-transformers model</source>
        <translation>选择 sentence-transformers 模型所在的文件夹</translation>
    </message>
    <message numerus="yes">
        <source>Embedding with {next}: {done} of %Ln passage(s). Search goes on with the old model.</source>
        <translation><numerusform>正在用 {next} 生成向量：已完成 {done}/%Ln 个段落。在此期间搜索仍使用原来的模型。</numerusform></translation>
    </message>
    <message>
        <source>Choose another model…</source>
        <translation>选择其他模型…</translation>
    </message>
    <message>
        <source>All passages are embedded with {next}; it waits for your word.</source>
        <translation>所有段落都已用 {next} 嵌入；等待您的决定。</translation>
    </message>
</context>
<context>
    <name>EmbedderBar</name>
    <message>
        <source>Cancel: keep the old model</source>
        <translation>取消：保留原来的模型</translation>
    </message>
    <message>
        <source>Change of the embedding model</source>
        <translation>更换嵌入模型</translation>
    </message>
</context>
<context>
    <name>EmbedderWindow</name>
    <message>
        <source>Choose another model…</source>
        <translation>选择其他模型…</translation>
    </message>
    <message>
        <source>Embedding model</source>
        <translation>嵌入模型</translation>
    </message>
    <message>
        <source>Go back to {name}</source>
        <translation>换回 {name}</translation>
    </message>
    <message>
        <source>It came along with Quire.</source>
        <translation>随 Quire 附带。</translation>
    </message>
    <message>
        <source>No embedding model yet</source>
        <translation>还没有嵌入模型</translation>
    </message>
    <message>
        <source>Use the one that came along</source>
        <translation>使用附带的模型</translation>
    </message>
    <message>
        <source>With this model Quire finds passages by what they mean. Another one may know your language better. All passages are embedded again in the background; until that is done, search goes on with the old model, and you can go back afterwards.</source>
        <translation>Quire 用这个模型按含义查找段落。其他模型可能更适合您的语言。更换后，所有段落会在后台重新生成向量；完成之前搜索仍使用原来的模型，完成之后也可以换回。</translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message numerus="yes">
        <source>%Ln passage(s)</source>
        <translation><numerusform>%Ln 个段落</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln document(s)</source>
        <translation><numerusform>{done}/%Ln 个文档</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>about %n min left</source>
        <translation><numerusform>约剩 %n 分钟</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>about %n h left</source>
        <translation><numerusform>约剩 %n 小时</numerusform></translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>不到一分钟</translation>
    </message>
    <message>
        <source>Cancel import</source>
        <translation>取消导入</translation>
    </message>
    <message>
        <source>Cancel the whole import?</source>
        <translation>取消整个导入？</translation>
    </message>
    <message>
        <source>Paused; it stays so until you resume it.</source>
        <translation>已暂停，直到您点“继续”。</translation>
    </message>
    <message>
        <source>What is ready stays. The other documents stay in the list as cancelled; select them and choose Retry to take them up again.</source>
        <translation>已就绪的文档会保留，其余文档在列表中标为已取消；选中它们并点“重试”即可重新导入。</translation>
    </message>
</context>
<context>
    <name>ImportBar</name>
    <message>
        <source>Cancel all…</source>
        <translation>全部取消…</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>PasswordDialog</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
</context>
<context>
    <name>Passwords</name>
    <message>
        <source>Enter password…</source>
        <translation>输入密码…</translation>
    </message>
    <message>
        <source>Enter the password. It is used once to read the text and is not kept.</source>
        <translation>请输入密码。密码只用于这一次读取文字，不会保存。</translation>
    </message>
    <message>
        <source>That password does not open {name}. Try another.</source>
        <translation>这个密码打不开 {name}，请换一个再试。</translation>
    </message>
    <message numerus="yes">
        <source>That password does not open %n document(s). Try another.</source>
        <translation><numerusform>这个密码打不开 %n 个文档，请换一个再试。</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) are protected by a password.</source>
        <translation><numerusform>有 %n 个文档受密码保护。</numerusform></translation>
    </message>
    <message>
        <source>{name} is protected by a password.</source>
        <translation>{name} 受密码保护。</translation>
    </message>
</context>
<context>
    <name>Reader</name>
    <message>
        <source>This document was removed; only the passage is left.</source>
        <translation>该文档已被移除，只保留了这个段落。</translation>
    </message>
</context>
<context>
    <name>Removal</name>
    <message numerus="yes">
        <source>%n document(s) removed.</source>
        <translation><numerusform>已移除 %n 个文档。</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n conversation(s) keep quotes of them.</source>
        <translation><numerusform>有 %n 个对话保留了其中的引文。</numerusform></translation>
    </message>
    <message>
        <source>Nothing of them is left in this workspace.</source>
        <translation>经清点，这个工作区里没有任何残留。</translation>
    </message>
    <message>
        <source>Some of it is still there: catalogue rows {rows}, passages {passages}, vectors {vectors}, index entries {index}, files {files}. Use File › Check and repair… to clear it away.</source>
        <translation>仍有残留：目录记录 {rows}、段落 {passages}、向量 {vectors}、索引条目 {index}、文件 {files}。请用“文件 › 检查与修复…”清除。</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message numerus="yes">
        <source>%Ln file(s) offered</source>
        <translation><numerusform>共提交 %Ln 个文件</numerusform></translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>结束时间</translation>
    </message>
    <message>
        <source>Files offered</source>
        <translation>提交的文件</translation>
    </message>
    <message>
        <source>Import report</source>
        <translation>导入报告</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Offered</source>
        <translation>提交时间</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>有问题</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>已移除</translation>
    </message>
    <message>
        <source>Replaced or moved</source>
        <translation>已替换或移动</translation>
    </message>
    <message>
        <source>Save the import report</source>
        <translation>保存导入报告</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>The import report was saved to {path}.</source>
        <translation>导入报告已保存到 {path}。</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>being embedded</source>
        <translation>正在生成向量</translation>
    </message>
    <message>
        <source>being read</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>being split</source>
        <translation>正在切分</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>duplicate</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空文件</translation>
    </message>
    <message>
        <source>found by its words</source>
        <translation>可按关键词搜索</translation>
    </message>
    <message>
        <source>moved</source>
        <translation>已移动</translation>
    </message>
    <message>
        <source>not supported</source>
        <translation>不支持</translation>
    </message>
    <message>
        <source>protected</source>
        <translation>受密码保护</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>未接受</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>已移除</translation>
    </message>
    <message>
        <source>replaced</source>
        <translation>已替换</translation>
    </message>
    <message>
        <source>set aside</source>
        <translation>已搁置</translation>
    </message>
    <message>
        <source>too large</source>
        <translation>过大</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>without text</source>
        <translation>没有文字</translation>
    </message>
</context>
<context>
    <name>ReportWindow</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Import report</source>
        <translation>导入报告</translation>
    </message>
    <message>
        <source>Retry selected</source>
        <translation>重试所选</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Search names, folders and reasons</source>
        <translation>搜索名称、文件夹和原因</translation>
    </message>
    <message>
        <source>Which files to show</source>
        <translation>显示哪些文件</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
</context>
<context>
    <name>Units</name>
    <message>
        <source>pages</source>
        <translation>页</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>lines</source>
        <translation>行</translation>
    </message>
    <message>
        <source>characters</source>
        <translation>个字符</translation>
    </message>
</context>
<context>
    <name>WatchForm</name>
    <message>
        <source>&amp;Leave out (patterns, one a line):</source>
        <translation>排除(&amp;L)（模式，每行一个）：</translation>
    </message>
    <message>
        <source>Also its subfolders</source>
        <translation>包括子文件夹</translation>
    </message>
    <message>
        <source>Ask me</source>
        <translation>询问我</translation>
    </message>
    <message>
        <source>Remove its document as well</source>
        <translation>同时移除对应的文档</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>监视</translation>
    </message>
    <message>
        <source>Watch a folder</source>
        <translation>监视文件夹</translation>
    </message>
    <message>
        <source>When a file is deleted there:</source>
        <translation>当其中的文件被删除时：</translation>
    </message>
</context>
<context>
    <name>Watches</name>
    <message numerus="yes">
        <source>%n file(s) have left {folder}. Remove their documents too?</source>
        <translation><numerusform>有 %n 个文件已不在 {folder} 中。是否也移除对应的文档？</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) gone</source>
        <translation><numerusform>%n 个文件已不在</numerusform></translation>
    </message>
    <message>
        <source>Its documents stay; they no longer follow their files.</source>
        <translation>其中的文档会保留，但不再随文件更新。</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Remove documents</source>
        <translation>移除文档</translation>
    </message>
    <message>
        <source>Stop watching</source>
        <translation>停止监视</translation>
    </message>
    <message>
        <source>Stop watching {folder}?</source>
        <translation>停止监视 {folder}？</translation>
    </message>
    <message>
        <source>deleted files: ask</source>
        <translation>文件删除时：询问</translation>
    </message>
    <message>
        <source>deleted files: remove their documents</source>
        <translation>文件删除时：移除文档</translation>
    </message>
    <message>
        <source>leaves out {patterns}</source>
        <translation>排除 {patterns}</translation>
    </message>
    <message>
        <source>with subfolders</source>
        <translation>包括子文件夹</translation>
    </message>
    <message>
        <source>without subfolders</source>
        <translation>不包括子文件夹</translation>
    </message>
</context>
<context>
    <name>WatchesWindow</name>
    <message>
        <source>Add folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Choose a folder to watch</source>
        <translation>选择要监视的文件夹</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>New and changed files in these folders become documents of this workspace by themselves.</source>
        <translation>这些文件夹中新增和改动的文件会自动成为此工作区的文档。</translation>
    </message>
    <message>
        <source>Stop watching…</source>
        <translation>停止监视…</translation>
    </message>
    <message>
        <source>Watched folders</source>
        <translation>监视的文件夹</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Conversation or search</source>
        <translation>对话或搜索</translation>
    </message>
</context>
<context>
    <name>SearchPanel</name>
    <message>
        <source>Search your documents…</source>
        <translation>搜索您的文档…</translation>
    </message>
    <message>
        <source>Search your documents</source>
        <translation>搜索您的文档</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>清除搜索内容</translation>
    </message>
    <message>
        <source>Passages found</source>
        <translation>找到的段落</translation>
    </message>
</context>
<context>
    <name>Search</name>
    <message>
        <source>Make a workspace and add documents; then search them here.</source>
        <translation>先新建工作区并添加文档，然后就能在这里搜索。</translation>
    </message>
    <message>
        <source>There is nothing to search yet. Drag files or folders onto this window; they can be searched a moment after they were read.</source>
        <translation>还没有可搜索的内容。请把文件或文件夹拖到这个窗口上；读取之后很快就能搜索。</translation>
    </message>
    <message>
        <source>Type what you look for: words, a name, a number, or a question.
Down goes to the passages, Enter opens one where it stands, Esc clears.</source>
        <translation>输入要查找的内容：词语、名称、编号，或一个问题。
按 ↓ 进入段落列表，按 Enter 在原文中打开，按 Esc 清除。</translation>
    </message>
    <message>
        <source>No passage has these words. Looking for what means the same…</source>
        <translation>没有段落包含这些词，正在查找意思相近的内容…</translation>
    </message>
    <message>
        <source>Nothing was found for “{question}”.
Try other words, or fewer.</source>
        <translation>没有找到与“{question}”有关的内容。
请换用其他词语，或减少词语。</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在搜索…</translation>
    </message>
    <message numerus="yes">
        <source>The best %n passage(s)</source>
        <translation><numerusform>最相关的 %n 个段落</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s)</source>
        <translation><numerusform>%n 个段落</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln document(s) are still being read</source>
        <translation><numerusform>还有 %Ln 个文档正在读取</numerusform></translation>
    </message>
</context>
<context>
    <name>Languages</name>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>日文</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>韩文</translation>
    </message>
    <message>
        <source>Cyrillic (such as Russian)</source>
        <translation>西里尔字母（如俄文）</translation>
    </message>
    <message>
        <source>Arabic script</source>
        <translation>阿拉伯字母</translation>
    </message>
    <message>
        <source>Devanagari (such as Hindi)</source>
        <translation>天城文（如印地文）</translation>
    </message>
    <message>
        <source>Hebrew</source>
        <translation>希伯来文</translation>
    </message>
    <message>
        <source>Greek</source>
        <translation>希腊文</translation>
    </message>
    <message>
        <source>Thai</source>
        <translation>泰文</translation>
    </message>
    <message>
        <source>other writing systems</source>
        <translation>其他文字</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英文</translation>
    </message>
    <message>
        <source>German</source>
        <translation>德文</translation>
    </message>
    <message>
        <source>French</source>
        <translation>法文</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>西班牙文</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>葡萄牙文</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>意大利文</translation>
    </message>
    <message>
        <source>Dutch</source>
        <translation>荷兰文</translation>
    </message>
    <message>
        <source>Polish</source>
        <translation>波兰文</translation>
    </message>
    <message>
        <source>Turkish</source>
        <translation>土耳其文</translation>
    </message>
    <message>
        <source>Vietnamese</source>
        <translation>越南文</translation>
    </message>
    <message>
        <source>Indonesian</source>
        <translation>印尼文</translation>
    </message>
    <message>
        <source>other languages in Latin letters</source>
        <translation>其他拉丁字母语言</translation>
    </message>
</context>
<context>
    <name>Reranker</name>
    <message>
        <source>Choose the folder of a cross-encoder</source>
        <translation>选择交叉编码器（cross-encoder）所在的文件夹</translation>
    </message>
</context>
<context>
    <name>RerankerSection</name>
    <message>
        <source>A reranking model reads the question together with each passage that was found, and puts the best first. It finds better, and each search takes longer, seconds on a slow machine. None comes along with Quire.</source>
        <translation>重排序模型会把问题与找到的每个段落放在一起阅读，并把最合适的排在前面。这样找得更准，但每次搜索用时更长，在较慢的电脑上需要数秒。Quire 没有自带这种模型。</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Turn off</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Reranking: trying {name}…</source>
        <translation>重排序：正在试用 {name}…</translation>
    </message>
    <message>
        <source>Reranking: {name}</source>
        <translation>重排序：{name}</translation>
    </message>
    <message>
        <source>Reranking: off</source>
        <translation>重排序：未启用</translation>
    </message>
</context>
<context>
    <name>Why</name>
    <message>
        <source>No passage was found for this question.</source>
        <translation>没有找到与这个问题有关的段落。</translation>
    </message>
    <message>
        <source>Copy of another passage</source>
        <translation>与另一段落相同</translation>
    </message>
    <message>
        <source>Its document already has its share</source>
        <translation>该文档已占满份额</translation>
    </message>
    <message>
        <source>Others fit better</source>
        <translation>其他段落更合适</translation>
    </message>
    <message>
        <source>No room in the model’s context</source>
        <translation>模型上下文放不下</translation>
    </message>
    <message>
        <source>It is, or is a part of, passage [{mark}] of this answer.</source>
        <translation>它是本回答的段落 [{mark}]，或是其中的一部分。</translation>
    </message>
    <message>
        <source>Its document went away while the question was answered.</source>
        <translation>在回答问题期间，它所在的文档不见了。</translation>
    </message>
    <message>
        <source>The same text stands in a passage that comes before it.</source>
        <translation>排在它前面的一个段落有相同的文字。</translation>
    </message>
    <message>
        <source>Other passages of its document were taken, and other documents fit too.</source>
        <translation>已采用同一文档的其他段落，而且别的文档也合适。</translation>
    </message>
    <message>
        <source>As many passages as are wanted come before it.</source>
        <translation>排在它前面的段落已经够用。</translation>
    </message>
    <message>
        <source>It did not fit into what the model can read at once.</source>
        <translation>超出了模型一次能读的长度。</translation>
    </message>
    <message>
        <source>The search by words did not find it.</source>
        <translation>按词语搜索没有找到它。</translation>
    </message>
    <message>
        <source>BM25 score: {score}</source>
        <translation>BM25 得分：{score}</translation>
    </message>
    <message>
        <source>There was no search by meaning.</source>
        <translation>没有进行按含义的搜索。</translation>
    </message>
    <message>
        <source>The search by meaning did not find it.</source>
        <translation>按含义搜索没有找到它。</translation>
    </message>
    <message>
        <source>Cosine: {score}</source>
        <translation>余弦相似度：{score}</translation>
    </message>
    <message>
        <source>Score of the reranking model: {score}</source>
        <translation>重排模型的得分：{score}</translation>
    </message>
    <message>
        <source>The passages were found by their words alone, as was asked for.</source>
        <translation>按照设定，这些段落只凭词语找到。</translation>
    </message>
    <message>
        <source>The passages were found by their words alone, because the embedding model does not know the language of the question, or is not there.</source>
        <translation>这些段落只凭词语找到，因为嵌入模型不懂问题所用的语言，或者没有可用的嵌入模型。</translation>
    </message>
    <message>
        <source>The passages were found by their meaning alone, as was asked for.</source>
        <translation>按照设定，这些段落只凭含义找到。</translation>
    </message>
    <message>
        <source>The passages were found by their words and by their meaning, weighed {keyword} : {vector}.</source>
        <translation>这些段落凭词语和含义找到，两者的权重为 {keyword} : {vector}。</translation>
    </message>
    <message>
        <source>Then {model} put them into their order.</source>
        <translation>之后由 {model} 重新排序。</translation>
    </message>
    <message>
        <source>Below {percent} % it writes an answer only if you ask for one anyway.</source>
        <translation>低于 {percent}% 时，只有您要求仍然作答，它才会写出答案。</translation>
    </message>
    <message>
        <source>Quire takes it for very likely ({percent} %) that these passages answer the question.</source>
        <translation>Quire 认为这些段落能够回答该问题的可能性很大（{percent}%）。</translation>
    </message>
    <message>
        <source>Quire takes it for likely ({percent} %) that these passages answer the question.</source>
        <translation>Quire 认为这些段落能够回答该问题的可能性较大（{percent}%）。</translation>
    </message>
    <message>
        <source>Quire takes it for possible ({percent} %) that these passages answer the question.</source>
        <translation>Quire 认为这些段落能够回答该问题是可能的（{percent}%）。</translation>
    </message>
    <message>
        <source>Quire takes it for unlikely ({percent} %) that these passages answer the question.</source>
        <translation>Quire 认为这些段落能够回答该问题的可能性较小（{percent}%）。</translation>
    </message>
    <message>
        <source>Quire takes it for very unlikely ({percent} %) that these passages answer the question.</source>
        <translation>Quire 认为这些段落能够回答该问题的可能性很小（{percent}%）。</translation>
    </message>
    <message>
        <source>Passage</source>
        <translation>段落</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>By words</source>
        <translation>按词语</translation>
    </message>
    <message>
        <source>By meaning</source>
        <translation>按含义</translation>
    </message>
    <message>
        <source>Joint rank</source>
        <translation>综合名次</translation>
    </message>
    <message>
        <source>Reranked</source>
        <translation>重排后</translation>
    </message>
    <message>
        <source>It was searched together with the question before, because it says little by itself: {text}</source>
        <translation>这个问题单独看信息太少，因此与上一个问题合在一起检索：{text}</translation>
    </message>
</context>
<context>
    <name>WhyWindow</name>
    <message>
        <source>Why these passages?</source>
        <translation>为什么是这些段落？</translation>
    </message>
    <message>
        <source>Passages that were considered, best first</source>
        <translation>考虑过的段落，最合适的在前</translation>
    </message>
    <message>
        <source>Show passage</source>
        <translation>显示段落</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Why not this document…</source>
        <translation>为什么没有用这份文档…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>WhyNotWindow</name>
    <message>
        <source>Why not this document?</source>
        <translation>为什么没有用这份文档？</translation>
    </message>
    <message>
        <source>The passage of this document that fits best</source>
        <translation>这份文档中最合适的段落</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Looking for its best passage…</source>
        <translation>正在查找其中最合适的段落…</translation>
    </message>
    <message>
        <source>Pick the document that you expected in the answer.</source>
        <translation>请选择您以为回答会用到的文档。</translation>
    </message>
</context>
<context>
    <name>DocumentPicker</name>
    <message>
        <source>Search names and folders</source>
        <translation>搜索名称和文件夹</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>清除搜索</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文档</translation>
    </message>
</context>
<context>
    <name>WhyNot</name>
    <message>
        <source>No passage of {name} was found for the question, neither by its words nor by its meaning.</source>
        <translation>在 {name} 中没有找到与这个问题有关的段落，按词语和按含义都没有。</translation>
    </message>
    <message>
        <source>It has every word of the question.</source>
        <translation>它含有问题中的所有词语。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source> and more</source>
        <translation> 等</translation>
    </message>
    <message>
        <source>These words of the question are not in it: {words}.</source>
        <translation>问题中的这些词语它没有：{words}。</translation>
    </message>
    <message>
        <source>The joint rank of its best passage is beyond the first {depth}; an answer is written from the first {wanted}.</source>
        <translation>其中最合适的段落，综合名次在前 {depth} 名之外；回答只依据前 {wanted} 名写成。</translation>
    </message>
    <message>
        <source>The joint rank of its best passage is {rank}; an answer is written from the first {wanted}, so it is among them unless its text stands in a better one too.</source>
        <translation>其中最合适的段落，综合名次为第 {rank} 名；回答依据前 {wanted} 名写成，因此它也在其中，除非更靠前的段落有相同的文字。</translation>
    </message>
    <message>
        <source>The joint rank of its best passage is {rank}; an answer is written from the first {wanted}.</source>
        <translation>其中最合适的段落，综合名次为第 {rank} 名；回答只依据前 {wanted} 名写成。</translation>
    </message>
    <message>
        <source>By words it is not found among the first {depth}.</source>
        <translation>按词语，它不在前 {depth} 名之内。</translation>
    </message>
    <message>
        <source>By words its rank is {rank}.</source>
        <translation>按词语，它是第 {rank} 名。</translation>
    </message>
    <message>
        <source>By meaning it is not found among the first {depth}.</source>
        <translation>按含义，它不在前 {depth} 名之内。</translation>
    </message>
    <message>
        <source>By meaning its rank is {rank}.</source>
        <translation>按含义，它是第 {rank} 名。</translation>
    </message>
</context>
<context>
    <name>KeepButton</name>
    <message>
        <source>✓ Kept as test question</source>
        <translation>✓ 已留作测试问题</translation>
    </message>
    <message>
        <source>Press again to forget this test question.</source>
        <translation>再按一次即可删除这个测试问题。</translation>
    </message>
    <message>
        <source>Keep as test question</source>
        <translation>留作测试问题</translation>
    </message>
    <message>
        <source>A good answer? Search is measured with its question before you change search settings or the embedding model.</source>
        <translation>回答得好？在您更改搜索设置或嵌入模型之前，会用它的问题来衡量搜索效果。</translation>
    </message>
</context>
<context>
    <name>Golden</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>its answer no longer stands in {documents}</source>
        <translation>{documents} 中已找不到它的答案</translation>
    </message>
    <message numerus="yes">
        <source>not among the first %n passage(s) · {documents}</source>
        <translation><numerusform>不在前 %n 个段落中 · {documents}</numerusform></translation>
    </message>
    <message>
        <source>found in place {rank} · {documents}</source>
        <translation>排在第 {rank} 位 · {documents}</translation>
    </message>
    <message numerus="yes">
        <source>%n test question(s): recall@{k} {recall}, MRR {mrr}</source>
        <translation><numerusform>%n 个测试问题：recall@{k} {recall}，MRR {mrr}</numerusform></translation>
    </message>
    <message>
        <source>{number}%</source>
        <translation>{number}%</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) better</source>
        <translation><numerusform>%n 个问题变好</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n worse</source>
        <translation><numerusform>%n 个变差</numerusform></translation>
    </message>
    <message>
        <source>{better}, {worse}</source>
        <translation>{better}，{worse}</translation>
    </message>
    <message>
        <source>recall@{k} {recall} → {recall_then}, MRR {mrr} → {mrr_then}; {moved}</source>
        <translation>recall@{k} {recall} → {recall_then}，MRR {mrr} → {mrr_then}；{moved}</translation>
    </message>
</context>
<context>
    <name>ComparisonTable</name>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>With the change</source>
        <translation>更改之后</translation>
    </message>
    <message>
        <source>Right passages among the first {k} (recall@{k})</source>
        <translation>前 {k} 个段落中找到的正确段落（recall@{k}）</translation>
    </message>
    <message>
        <source>One part in the rank of the first right one (MRR)</source>
        <translation>首个正确段落名次的倒数（MRR）</translation>
    </message>
</context>
<context>
    <name>WeightsForm</name>
    <message>
        <source>What counts in a search</source>
        <translation>搜索时看重什么</translation>
    </message>
    <message>
        <source>&amp;Words:</source>
        <translation>词语(&amp;W)：</translation>
    </message>
    <message>
        <source>&amp;Meaning:</source>
        <translation>语义(&amp;M)：</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>试试看</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Defaults</source>
        <translation>默认值</translation>
    </message>
    <message>
        <source>From 0 (left out) to 2; only their ratio matters. Words find names, numbers and exact terms, meaning finds what is said otherwise.</source>
        <translation>从 0（不考虑）到 2；只有两者的比例起作用。词语适合查找名称、数字和确切的术语，语义适合查找换了说法的内容。</translation>
    </message>
    <message>
        <source>There are no test questions yet, so nothing shows what a change does: press Keep as test question below a good answer first.</source>
        <translation>还没有测试问题，因此无法显示更改的效果：请先在好的回答下面按“留作测试问题”。</translation>
    </message>
</context>
<context>
    <name>SearchSettingsWindow</name>
    <message>
        <source>Search settings and test questions</source>
        <translation>搜索设置和测试问题</translation>
    </message>
    <message>
        <source>Test questions</source>
        <translation>测试问题</translation>
    </message>
    <message>
        <source>Questions with a known answer show whether search finds it. Press Keep as test question below a good answer to add one; it stays right when documents are imported again or the embedding model changes.</source>
        <translation>已知答案的问题可以显示搜索能否找到答案。在好的回答下面按“留作测试问题”即可添加；重新导入文档或更换嵌入模型后，它仍然有效。</translation>
    </message>
    <message>
        <source>Asking the test questions</source>
        <translation>正在提出测试问题</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Decision</name>
    <message>
        <source>it could not be measured</source>
        <translation>未能衡量其效果</translation>
    </message>
    <message>
        <source>The embedding model {next} is ready: {figures}.</source>
        <translation>嵌入模型 {next} 已就绪：{figures}。</translation>
    </message>
    <message>
        <source>Use the new model</source>
        <translation>使用新模型</translation>
    </message>
    <message>
        <source>Keep the present one</source>
        <translation>保留现有模型</translation>
    </message>
    <message>
        <source>{next} is ready, and your test questions are being asked with both models…</source>
        <translation>{next} 已就绪，正在用两个模型提出您的测试问题…</translation>
    </message>
    <message>
        <source>{next} is ready. This is what your test questions say:</source>
        <translation>{next} 已就绪。您的测试问题表明：</translation>
    </message>
</context>
<context>
    <name>PassagesForm</name>
    <message>
        <source>Length of a passage</source>
        <translation>段落的长度</translation>
    </message>
    <message>
        <source>Short passages are found more exactly, long ones give an answer more to go by. To try a length, everything is split and embedded again beside the present passages; that takes about as long as the import did, and imports and answers go first.</source>
        <translation>短段落查找得更准确，长段落能为回答提供更多依据。试用一个长度时，会在现有段落之外重新切分并嵌入全部内容；所需时间与当初导入差不多，导入和回答优先进行。</translation>
    </message>
    <message>
        <source>&amp;Tokens at most:</source>
        <translation>最多词元数(&amp;T)：</translation>
    </message>
    <message>
        <source>as much as the model reads</source>
        <translation>模型能读多少就多少</translation>
    </message>
    <message>
        <source>Trying another length</source>
        <translation>正在试用其他长度</translation>
    </message>
    <message>
        <source>Try length</source>
        <translation>试用此长度</translation>
    </message>
    <message>
        <source>Cancel trial</source>
        <translation>取消试用</translation>
    </message>
    <message>
        <source>Discard passages</source>
        <translation>放弃这些段落</translation>
    </message>
    <message>
        <source>Accept passages</source>
        <translation>采用这些段落</translation>
    </message>
</context>
<context>
    <name>Offers</name>
    <message>
        <source>The one to begin with: good answers in English, on a machine with 16 GB of memory.</source>
        <translation>建议从它开始：英文回答质量好，需要 16 GB 内存的电脑。</translation>
    </message>
    <message>
        <source>As large as Llama 3, reads longer texts and knows more European languages. Chinese is not among the languages it was made for.</source>
        <translation>与 Llama 3 一样大，能读更长的文本，懂更多欧洲语言。中文不在它的设计语言之列。</translation>
    </message>
    <message>
        <source>Llama 3 stored a little more exactly: slightly better answers, slower, and more memory.</source>
        <translation>存储精度稍高的 Llama 3：回答略好，但更慢，占用内存更多。</translation>
    </message>
    <message>
        <source>Llama 3 stored as small as it goes, for weaker machines: it makes more mistakes.</source>
        <translation>压缩到最小的 Llama 3，供配置较低的电脑使用：出错会多一些。</translation>
    </message>
    <message>
        <source>Answers more than twice as fast as the models with 8B, for machines with 8 GB of memory. Simple questions are answered well, long comparisons less so.</source>
        <translation>回答速度是 8B 模型的两倍多，适合 8 GB 内存的电脑。简单的问题答得好，篇幅长的比较则差一些。</translation>
    </message>
    <message>
        <source>Small and quick, for machines with 4 GB of memory: short answers to simple questions.</source>
        <translation>小而快，适合 4 GB 内存的电脑：对简单的问题给出简短的回答。</translation>
    </message>
    <message>
        <source>Finds passages by their meaning in about a hundred languages, Chinese and English among them; a good choice for most documents.</source>
        <translation>按含义查找段落，懂约一百种语言，包括中文和英文；适合大多数文档。</translation>
    </message>
    <message>
        <source>Finds Chinese passages by their meaning; small and quick, Chinese only.</source>
        <translation>按含义查找中文段落；小而快，只懂中文。</translation>
    </message>
    <message>
        <source>Finds passages by their meaning in more than a hundred languages, very well and very slowly: large imports take many times as long.</source>
        <translation>按含义查找段落，懂一百多种语言，效果很好，但非常慢：导入大量文档要花许多倍的时间。</translation>
    </message>
    <message>
        <source>Puts English passages in a better order; a few seconds for each question.</source>
        <translation>把英文段落排得更准；每个问题要多花几秒钟。</translation>
    </message>
    <message>
        <source>Puts Chinese and English passages in a better order; slow without many processor cores.</source>
        <translation>把中文和英文段落排得更准；处理器核心不多时会很慢。</translation>
    </message>
    <message>
        <source>Puts passages in many languages in a better order; large, and slower still.</source>
        <translation>把多种语言的段落排得更准；体积大，而且更慢。</translation>
    </message>
</context>
<context>
    <name>Licences</name>
    <message>
        <source>You may use the model free of charge, also at work, if you accept Meta's licence and keep to its acceptable use policy, which forbids unlawful and harmful uses. If you pass the model on, or a product with it, add a copy of the licence and show the line above. Companies with more than 700 million users a month need a licence of their own.</source>
        <translation>只要接受 Meta 的许可协议，并遵守其可接受使用政策（禁止违法和有害的用途），您就可以免费使用该模型，工作中也可以。如果您把模型或包含它的产品交给别人，请附上许可协议的副本，并展示上面这一行字。每月用户超过 7 亿的公司需要另外取得许可。</translation>
    </message>
    <message>
        <source>A model that is improved with what this one writes needs a name that begins with “Llama”.</source>
        <translation>用它写出的内容改进的模型，名称必须以“Llama”开头。</translation>
    </message>
    <message>
        <source>What this model writes may not be used to improve other large language models.</source>
        <translation>它写出的内容不得用于改进其他大语言模型。</translation>
    </message>
    <message>
        <source>Free to use, change and pass on, if the licence is kept with it.</source>
        <translation>可以自由使用、修改和传播，但须保留许可协议。</translation>
    </message>
    <message>
        <source>Meta Llama 3 Community License</source>
        <translation>Meta Llama 3 社区许可协议</translation>
    </message>
    <message>
        <source>Llama 3.1 Community License</source>
        <translation>Llama 3.1 社区许可协议</translation>
    </message>
    <message>
        <source>Llama 3.2 Community License</source>
        <translation>Llama 3.2 社区许可协议</translation>
    </message>
    <message>
        <source>MIT License</source>
        <translation>MIT 许可证</translation>
    </message>
    <message>
        <source>Apache License 2.0</source>
        <translation>Apache 许可证 2.0</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>On this computer</source>
        <translation>在本机</translation>
    </message>
    <message>
        <source>Found in {program}</source>
        <translation>在 {program} 中找到</translation>
    </message>
    <message>
        <source>reads up to {count} tokens</source>
        <translation>最多可读 {count} 个词元</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>Waits for the download before it</source>
        <translation>等待前一个下载完成</translation>
    </message>
    <message>
        <source>Looking for the fastest mirror…</source>
        <translation>正在寻找最快的镜像站…</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>{size} a second</source>
        <translation>每秒 {size}</translation>
    </message>
    <message>
        <source>reading again what is there</source>
        <translation>正在核对已有部分</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>剩余不到一分钟</translation>
    </message>
    <message>
        <source>{size} GB of memory</source>
        <translation>{size} GB 内存</translation>
    </message>
    <message>
        <source>{size} free on the disk</source>
        <translation>磁盘剩余 {size}</translation>
    </message>
    <message>
        <source>This computer: {parts}</source>
        <translation>本机：{parts}</translation>
    </message>
    <message>
        <source>Give up downloading {name}?</source>
        <translation>放弃下载 {name}？</translation>
    </message>
    <message>
        <source>What has come of it is deleted.</source>
        <translation>已下载的部分会被删除。</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Delete {name} from this computer?</source>
        <translation>从本机删除 {name}？</translation>
    </message>
    <message>
        <source>Workspaces that use it go on without it; your documents stay.</source>
        <translation>使用它的工作区会不再使用它；您的文档不受影响。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>{name} comes under the {licence}.</source>
        <translation>{name} 适用{licence}。</translation>
    </message>
    <message>
        <source>Accept and download</source>
        <translation>接受并下载</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) left</source>
        <translation><numerusform>剩余 %n 分钟</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) left</source>
        <translation><numerusform>剩余 %n 小时</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n processor core(s)</source>
        <translation><numerusform>%n 个处理器核心</numerusform></translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>合适</translation>
    </message>
    <message>
        <source>Tight</source>
        <translation>勉强</translation>
    </message>
    <message>
        <source>Does not fit</source>
        <translation>不合适</translation>
    </message>
</context>
<context>
    <name>ModelsWindow</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Search by meaning</source>
        <translation>语义搜索</translation>
    </message>
    <message>
        <source>Reranking</source>
        <translation>重排</translation>
    </message>
    <message>
        <source>Looking at this computer…</source>
        <translation>正在查看本机…</translation>
    </message>
    <message>
        <source>Another repository…</source>
        <translation>其他仓库…</translation>
    </message>
    <message>
        <source>Mirrors…</source>
        <translation>镜像站…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Give up…</source>
        <translation>放弃…</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Use in this workspace</source>
        <translation>在此工作区使用</translation>
    </message>
</context>
<context>
    <name>MirrorsForm</name>
    <message>
        <source>Mirrors</source>
        <translation>镜像站</translation>
    </message>
    <message>
        <source>Try all, and begin with the fastest</source>
        <translation>全部试一下，先用最快的</translation>
    </message>
    <message>
        <source>Mirrors, in their order</source>
        <translation>镜像站，按顺序</translation>
    </message>
    <message>
        <source>&amp;Address of one more, with the hub's paths:</source>
        <translation>再加一个镜像站的地址（路径与 Hugging Face 相同）(&amp;A)：</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Models come from these places, and nothing else is asked of them. Drag one up to have it asked first.</source>
        <translation>模型从这些地方下载，除此之外不会向它们发送任何请求。把某一项拖到上面，就会先使用它。</translation>
    </message>
</context>
<context>
    <name>RepositoryForm</name>
    <message>
        <source>Another repository</source>
        <translation>其他仓库</translation>
    </message>
    <message>
        <source>List its files</source>
        <translation>列出文件</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>&amp;Owner and name, or the address of its page:</source>
        <translation>所有者和名称，或其网页地址(&amp;O)：</translation>
    </message>
    <message>
        <source>Asking the mirrors…</source>
        <translation>正在询问镜像站…</translation>
    </message>
</context>
<context>
    <name>Usage</name>
    <message>
        <source>Prompt: {prompt} tokens, {cached} of them reused</source>
        <translation>提示词：{prompt} 个词元，其中 {cached} 个无需重读</translation>
    </message>
    <message>
        <source>First token after {seconds} s</source>
        <translation>{seconds} 秒后写出第一个词元</translation>
    </message>
    <message>
        <source>{rate} tokens/s</source>
        <translation>每秒 {rate} 个词元</translation>
    </message>
    <message>
        <source>At most {size} of memory</source>
        <translation>内存最多 {size}</translation>
    </message>
    <message>
        <source>Instructions: {tokens}</source>
        <translation>指令：{tokens}</translation>
    </message>
    <message>
        <source>Earlier questions: {tokens}</source>
        <translation>之前的问答：{tokens}</translation>
    </message>
    <message>
        <source>New sources: {tokens}</source>
        <translation>新来源：{tokens}</translation>
    </message>
    <message>
        <source>Question: {tokens}</source>
        <translation>问题：{tokens}</translation>
    </message>
    <message>
        <source>Room for the answer: {tokens}</source>
        <translation>留给回答：{tokens}</translation>
    </message>
    <message>
        <source>Free: {tokens}</source>
        <translation>空余：{tokens}</translation>
    </message>
    <message>
        <source>The model’s context of {tokens} tokens. {parts}</source>
        <translation>模型的上下文共 {tokens} 个词元。{parts}</translation>
    </message>
</context>
</TS>
