<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Documents</name>
    <message numerus="yes">
        <source>%n passage(s)</source>
        <translation><numerusform>%n passage</numerusform><numerusform>%n passages</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Remove %n document(s)?</source>
        <translation><numerusform>Remove %n document?</numerusform><numerusform>Remove %n documents?</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n remark(s)</source>
        <translation><numerusform>%n remark</numerusform><numerusform>%n remarks</numerusform></translation>
    </message>
</context>
<context>
    <name>Turn</name>
    <message numerus="yes">
        <source>Reading %n passage(s)…</source>
        <translation><numerusform>Reading %n passage…</numerusform><numerusform>Reading %n passages…</numerusform></translation>
    </message>
</context>
<context>
    <name>Workspaces</name>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation><numerusform>%n document</numerusform><numerusform>%n documents</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n conversation(s)</source>
        <translation><numerusform>%n conversation</numerusform><numerusform>%n conversations</numerusform></translation>
    </message>
</context>
<context>
    <name>Check</name>
    <message numerus="yes">
        <source>%n thing(s) found that should be repaired.</source>
        <translation><numerusform>%n thing found that should be repaired.</numerusform><numerusform>%n things found that should be repaired.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) could not be repaired.</source>
        <translation><numerusform>%n thing could not be repaired.</numerusform><numerusform>%n things could not be repaired.</numerusform></translation>
    </message>
</context>
<context>
    <name>DocumentDetails</name>
    <message numerus="yes">
        <source>(%n more: see Show text)</source>
        <translation><numerusform>(%n more: see Show text)</numerusform><numerusform>(%n more: see Show text)</numerusform></translation>
    </message>
</context>
<context>
    <name>Embedder</name>
    <message numerus="yes">
        <source>Embedding with {next}: {done} of %Ln passage(s). Search goes on with the old model.</source>
        <translation><numerusform>Embedding with {next}: {done} of %Ln passage. Search goes on with the old model.</numerusform><numerusform>Embedding with {next}: {done} of %Ln passages. Search goes on with the old model.</numerusform></translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message numerus="yes">
        <source>%Ln passage(s)</source>
        <translation><numerusform>%Ln passage</numerusform><numerusform>%Ln passages</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln document(s)</source>
        <translation><numerusform>{done} of %Ln document</numerusform><numerusform>{done} of %Ln documents</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>about %n min left</source>
        <translation><numerusform>about %n min left</numerusform><numerusform>about %n min left</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>about %n h left</source>
        <translation><numerusform>about %n h left</numerusform><numerusform>about %n h left</numerusform></translation>
    </message>
</context>
<context>
    <name>Passwords</name>
    <message numerus="yes">
        <source>That password does not open %n document(s). Try another.</source>
        <translation><numerusform>That password does not open %n document. Try another.</numerusform><numerusform>That password does not open %n documents. Try another.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) are protected by a password.</source>
        <translation><numerusform>%n document is protected by a password.</numerusform><numerusform>%n documents are protected by a password.</numerusform></translation>
    </message>
</context>
<context>
    <name>Removal</name>
    <message numerus="yes">
        <source>%n document(s) removed.</source>
        <translation><numerusform>%n document removed.</numerusform><numerusform>%n documents removed.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n conversation(s) keep quotes of them.</source>
        <translation><numerusform>%n conversation keeps quotes of them.</numerusform><numerusform>%n conversations keep quotes of them.</numerusform></translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message numerus="yes">
        <source>%Ln file(s) offered</source>
        <translation><numerusform>%Ln file offered</numerusform><numerusform>%Ln files offered</numerusform></translation>
    </message>
</context>
<context>
    <name>Watches</name>
    <message numerus="yes">
        <source>%n file(s) have left {folder}. Remove their documents too?</source>
        <translation><numerusform>%n file has left {folder}. Remove its document too?</numerusform><numerusform>%n files have left {folder}. Remove their documents too?</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) gone</source>
        <translation><numerusform>%n file gone</numerusform><numerusform>%n files gone</numerusform></translation>
    </message>
</context>
<context>
    <name>Search</name>
    <message numerus="yes">
        <source>The best %n passage(s)</source>
        <translation><numerusform>The best %n passage</numerusform><numerusform>The best %n passages</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s)</source>
        <translation><numerusform>%n passage</numerusform><numerusform>%n passages</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln document(s) are still being read</source>
        <translation><numerusform>%Ln document is still being read</numerusform><numerusform>%Ln documents are still being read</numerusform></translation>
    </message>
</context>
<context>
    <name>Golden</name>
    <message numerus="yes">
        <source>not among the first %n passage(s) · {documents}</source>
        <translation><numerusform>not among the first %n passage · {documents}</numerusform><numerusform>not among the first %n passages · {documents}</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n test question(s): recall@{k} {recall}, MRR {mrr}</source>
        <translation><numerusform>%n test question: recall@{k} {recall}, MRR {mrr}</numerusform><numerusform>%n test questions: recall@{k} {recall}, MRR {mrr}</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) better</source>
        <translation><numerusform>%n question better</numerusform><numerusform>%n questions better</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n worse</source>
        <translation><numerusform>%n worse</numerusform><numerusform>%n worse</numerusform></translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message numerus="yes">
        <source>%n minute(s) left</source>
        <translation><numerusform>%n minute left</numerusform><numerusform>%n minutes left</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) left</source>
        <translation><numerusform>%n hour left</numerusform><numerusform>%n hours left</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n processor core(s)</source>
        <translation><numerusform>%n processor core</numerusform><numerusform>%n processor cores</numerusform></translation>
    </message>
</context>
</TS>
