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
</TS>
