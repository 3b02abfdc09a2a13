"""Why something did not work: a code, its details, and one full English sentence.

The sentences are the source texts of their translations: the window looks each template up in
the translation context ``reasons`` and fills the same details in. A sentence says what happened
and what to do next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SENTENCES: Mapping[str, str] = {
    # a file that was offered
    "image": "Quire reads text, and {name} is an image; add a document that contains the text instead.",
    "audio_video": "{name} is a sound or video file; add a transcript of it as text instead.",
    "archive": "{name} is an archive; unpack it and add the documents inside.",
    "program": "{name} is a program, not a document; it was left out.",
    "binary": "{name} is not text that Quire can read; save it as PDF, DOCX or plain text and add that.",
    "legacy_office": "{name} is in an old Office format; open it, save it as DOCX or PDF, and add that.",
    "unsupported": "Quire cannot read {kind} files yet ({name}); save it as PDF, DOCX or plain text and add that.",
    "empty": "{name} is empty; there is nothing to find in it.",
    "no_text": "{name} is a scan without text: {silent} of {pages} pages; run text recognition (OCR) on it and add the result.",
    "garbled": "The fonts of {name} do not say which letters they show ({garbled} of {pages} pages), so its text cannot be read; run text recognition (OCR) on it and add the result.",
    "encrypted": "{name} is protected by a password; give the password, or save a copy without one and add that.",
    "wrong_password": "None of the passwords given opens {name}; try another, or save a copy without a password and add that.",
    "copy_protected": "{name} is protected against copying (DRM), so only the program it was bought for can open it; add a copy without protection.",
    "corrupt": "{name} is damaged and could not be read; open it in the program that made it, save it again and add that.",
    "too_large": "{name} is larger than {limit} MB; split it into smaller documents and add those.",
    "unpacks_too_large": "{name} holds more than {limit} MB once it is unpacked; split it into smaller documents and add those.",
    "odd_name": "The name of {name} is not valid text; rename it and add it again.",
    "missing": "There is no file at {name}; check the path and add it again.",
    "no_rights": "You do not have the right to read {name}; change its permissions and add it again.",
    "not_a_file": "{name} is not a regular file; it was left out.",
    "reader_died": "A part of Quire stopped more than once while it worked on {name}, so that was set aside; the other documents went on.",
    "read_failed": "{name} could not be read ({details}); check the file and add it again.",
    "unchanged": "{name} is already here and has not changed.",
    "moved": "{name} is already here and has moved; Quire follows it.",
    "replaced": "A newer version of {name} has taken its place.",
    "removed": "{name} was removed from this workspace.",
    "left_folder": "{name} is no longer in its watched folder, and was removed from this workspace.",
    "cancelled": "The import of {name} was cancelled; press Retry to take it up again.",
    "duplicate": "{name} has the same content as {other}, which is already here.",
    # what a document that was taken could not give
    "silent_pages": "{name}: pages without text: {silent} of {pages} (page {numbers}), probably scanned; run text recognition (OCR) on it to have them found too.",
    "garbled_pages": "{name}: pages whose text cannot be read: {garbled} of {pages} (page {numbers}), because their fonts do not say which letters they show.",
    "blank_pages": "{name}: empty pages: {blank} of {pages} (page {numbers}); there is nothing on them to find.",
    "broken_pages": "{name}: pages that are damaged and could not be read: {broken} of {pages} (page {numbers}).",
    "repaired": "{name} is damaged; Quire read what could be read of it, so compare it with the original.",
    "comments_left_out": "{name}: {count} comments were left out.",
    "deletions_left_out": "{name}: text that was deleted with changes tracked was left out ({count} places).",
    "attachments_left_out": "{name}: {count} attachments were left out; save them as files and add those.",
    "embedded_left_out": "{name}: {count} embedded objects were left out; save them as files and add those.",
    "cut_short": "{name} is very long; only its first {read} of {total} {unit} were read, split it into smaller documents to have all of it.",
    "undecoded": "{name}: {count} characters could not be decoded and show as \N{REPLACEMENT CHARACTER}.",
    # answers
    "nothing_found": "None of the documents in this workspace says anything about that; add one that does, or ask in other words.",
    "not_searchable_yet": "This document is still being imported; ask again when it is ready.",
    "not_in_documents": "Your documents do not seem to answer this, so nothing was written; the passages that come nearest are listed, and you can have an answer written from them anyway.",
    "passage_gone": "{name} was removed or has changed since then, so this passage cannot be shown any more.",
    "quotes_only": "These are the passages that fit best, quoted; for written answers, get a model with Model › Models….",
    "left_out": "{count} of the passages found did not fit into the model's context and were left out.",
    "turns_left_out": "The first questions of this conversation ({count}) did not fit into the model's context and were left out.",
    "both_left_out": "{count} of the passages found and the first questions of this conversation ({turns}) did not fit into the model's context and were left out.",
    # test questions and search settings
    "golden_no_answer": "Only a question that was answered from your documents can be kept as a test question; ask it again.",
    "golden_no_document": "The documents this answer came from are no longer here, so its question cannot be kept as a test question.",
    "no_turn": "That question is no longer in this conversation.",
    "weights_out_of_range": "Words and meaning count between 0 and 2 each, and not both 0; choose other values.",
    "passage_length": "A passage has at least {least} tokens, and no more than the embedding model reads ({most}); choose another length.",
    "trial_during_change": "The embedding model of this workspace is being changed; try another length of passages when that is decided.",
    "no_trial": "There are no passages of another length to accept; try a length first.",
    "no_embedder_waits": "No new embedding model waits for a decision; choose one first.",
    # models
    "not_a_gguf": "{name} is not a GGUF model file; choose a file whose name ends in .gguf, for example Llama 3 8B Instruct Q4_K_M.",
    "gguf_damaged": "{name} is a damaged or incomplete GGUF file; download it again.",
    "not_llama": "{name} holds a {architecture} model, and Quire runs models of the Llama family; choose one of those.",
    "model_missing": "The model file {name} is no longer there; choose a model file again.",
    "licence_not_accepted": "{name} comes with a licence that has to be accepted before it is downloaded.",
    "mirror_address": "{name} is no address of a mirror; it begins with https:// and has the paths of the Hugging Face hub.",
    "no_repository": "{name} is no name of a repository; type its owner and its name, for example bartowski/Llama-3.2-3B-Instruct-GGUF.",
    "listing_strange": "{name} answered with something that is no list of files; try another mirror.",
    "listing_failed": "No mirror could list the files of {name} ({details}); check the name and the connection, and try again.",
    "no_model_in_repository": "{name} holds no GGUF file that Quire could download; choose a repository whose name ends in GGUF.",
    "no_file_in_repository": "{name} has no GGUF file {file}; look at the names of its files and try again.",
    "download_unverifiable": "No mirror says what {name} must be like, so it was not downloaded; choose another file or mirror.",
    "download_no_room": "{name} needs {size} GB and the disk has {free} GB left; free some space and resume the download.",
    "download_unreachable": "No mirror could be reached for {name}; check the connection (or a proxy's settings) and resume the download, what has come is kept.",
    "download_slow": "{name} came too slowly from every mirror; resume the download later, what has come is kept.",
    "download_busy": "Every mirror has too much to do to send {name}; resume the download in some minutes, what has come is kept.",
    "download_absent": "No mirror has {name} any more; choose another model.",
    "download_forbidden": "Every mirror refused to send {name}; it may want an account there, so choose another model or mirror.",
    "download_another": "What the mirrors sent for {name} is not the file that was wanted (another size or content), so nothing of it was kept; try another mirror.",
    "download_elsewhere": "The mirrors sent Quire on to hosts that are not known to be theirs, so {name} was not downloaded; choose another mirror.",
    "download_failed": "No mirror gave {name} ({details}); check the connection and resume the download, what has come is kept.",
    "model_failed": "The model {name} could not be loaded ({details}); choose another model file.",
    "prompt_too_long": "The question is too long for this model; ask it in fewer words, or start a new conversation.",
    "embedder_gone": "The embedding model at {name} is no longer there; search goes on by keyword, choose another model or put it back.",
    "not_an_embedder": "{name} is not an embedding model that Quire can load ({details}); choose the folder of a sentence-transformers model.",
    "embedder_in_use": "{name} is the embedding model of this workspace already.",
    "nothing_to_go_back_to": "There is no earlier embedding model to go back to.",
    "embedder_missing": "The embedding model is not installed; run the set-up again to get it.",
    "languages_unknown": "{unknown} of {embedded} passages are in languages that this embedding model does not know: {languages}. They are found by their words alone; choose a multilingual embedding model to find them by their meaning too.",
    "reranker_gone": "The reranking model at {name} is no longer there; passages stay in the order that search gives them, choose another one or turn reranking off.",
    "not_a_reranker": "{name} is not a reranking model that Quire can load ({details}); choose the folder of a cross-encoder of sentence-transformers.",
    "reranker_failed": "The reranking model {name} could not be used ({details}); passages stay in the order that search gives them until it is chosen again.",
    # what a check of a model file finds
    "model_sound": "{name} is a GGUF file of the Llama family with a sound header; Quire can run it.",
    "model_verified": "{name} is {title}, byte for byte: its size and SHA-256 are those that were published.",
    "model_same_size": "{name} has the name and the size of {title}; Quire knows no SHA-256 to compare it with.",
    "model_other_size": "{name} has the name of {title}, but {size} bytes instead of {expected}; it is incomplete or another edition, download it again.",
    "model_other_digest": "{name} has the name of {title}, but another content (SHA-256 {sha256}); it is damaged or another edition, download it again.",
    # how a model fits this machine
    "model_fits": "It takes about {memory} GB of this machine's {memory_there} GB of memory, and {disk} GB of the disk.",
    "model_here_fits": "It takes about {memory} GB of this machine's {memory_there} GB of memory, and is on the disk already.",
    "memory_tight": "It takes about {memory} GB of this machine's {memory_there} GB of memory; it will only just fit, so close other programs while you use it.",
    "memory_too_small": "It takes about {memory} GB of memory and this machine has {memory_there} GB; choose a smaller model.",
    "disk_tight": "It takes {disk} GB of the {disk_free} GB that are free on the disk; little will be left for your documents.",
    "disk_too_small": "It takes {disk} GB of the disk and only {disk_free} GB are free; free some space, or choose a smaller model.",
    "no_offer": "There is no model named {name} among those that Quire offers; look at their names with quire models list.",
    # processes
    "out_of_memory": "The {role} ran out of memory and was stopped; close other programs or choose a smaller model, and try again.",
    "crashed": "The {role} stopped unexpectedly ({details}); what you gave is safe, try again.",
    "killed": "The {role} was stopped because it did not answer; try again.",
    "ended_from_outside": "The {role} was ended by another program or by the system; what you gave is safe, try again.",
    "stays_down": "The {role} stopped three times in a minute and stays off; restart Quire to try again.",
    "not_started": "The {role} could not be started ({details}); install Quire again.",
    # home and workspaces
    "home_unwritable": "Quire cannot write to {name}; choose another folder with --home, or change its permissions.",
    "home_in_use": "Quire is already open on {name}; use that window, or close it first.",
    "home_newer": "{name} was written by a newer Quire; install the newest version to open it.",
    "home_damaged": "{name} is damaged and could not be opened ({details}); restore it from a copy, or move it away.",
    "disk_full": "The disk is full; free some space and try again, what was there before is safe.",
    "disk_failed": "The disk refused to read or write {name} ({details}); check the disk and try again.",
    "no_workspace": "There is no workspace named {name}; create it first.",
    "no_document": "There is no document named {name} in this workspace.",
    "no_conversation": "There is no conversation named {name} in this workspace.",
    "name_taken": "There is already a workspace named {name}; choose another name.",
    "name_empty": "A name cannot be empty; type one.",
    "question_empty": "There is no question to answer; type one.",
    "busy": "Quire is still answering the last question; wait for it, or press Stop.",
    "index_went_back": "The newest version of the search index was damaged; an older one was opened, and what it lacked was written again.",
    # what a check of a workspace finds
    "found_catalogue_damaged": "The catalogue of this workspace is damaged ({details}); restore the workspace from a copy, or add its documents to a new one.",
    "found_orphans": "Files of {count} documents that were removed were still there.",
    "found_leftovers": "{count} files of interrupted work were still there.",
    "found_copies_missing": "Quire's own copy of {count} documents is missing or damaged ({names}).",
    "found_copies_lost": "Quire's own copy of {count} documents is missing or damaged and the originals have gone or changed ({names}); they can still be searched, add them again if you can.",
    "found_texts_missing": "The extracted text of {count} documents is missing or damaged ({names}).",
    "found_unfinished": "{count} documents were taken for ready but have no passages ({names}).",
    "found_vectors_missing": "{count} passages have no vector yet; they are being embedded.",
    "found_words_missing": "The search index lacked passages of {count} documents.",
    "found_vectors_unindexed": "The search index lacked vectors of {count} documents.",
    "found_surplus": "The search index held passages of {count} documents that are no more.",
    "found_index_damaged": "The search index was damaged ({details}) and had to be built again.",
    "no_watch": "That folder is not being watched.",
    "watch_taken": "{name} is being watched already, or lies inside a folder that is.",
    "not_a_folder": "There is no folder at {name}; choose a folder.",
    "watch_home": "{name} holds Quire's own data, or lies inside it; choose another folder.",
    "watch_empty": "The watched folder {name} is empty, as when its drive is not connected; its documents stay. If you deleted the files, remove the documents here too.",
    "watch_missing": "The watched folder {name} is not there; its documents stay, and it is followed again once it is back.",
    "index_damaged": "The search index was damaged ({details}) and is built again from your documents.",
    # the measuring of search with questions whose answers are known
    "no_question_set": "{name} is no set of questions; it needs questions.jsonl, and corpus.jsonl or documents.jsonl beside it.",
    "question_set_damaged": "Line {line} of {name} is not what a set of questions holds ({details}); correct it and try again.",
    "question_set_not_imported": "{count} documents of the set {name} could not be imported ({names}); correct them and try again.",
    "question_set_differs": "The workspace {name} in this home does not hold exactly the documents of the set; choose another home with --home.",
    # anything else: a bug of ours
    "bug": "Something went wrong inside Quire ({details}); what you gave is safe, and the log has the details.",
}


@dataclass(frozen=True)
class Reason:
    """A code of :data:`SENTENCES` with the details its sentence needs."""

    code: str
    details: dict[str, str] = field(default_factory=dict)

    def sentence(self, template: str | None = None) -> str:
        """The sentence, from ``template`` (a translation of the English one) or in English."""
        return (template or SENTENCES[self.code]).format_map(_Forgiving(self.details))


class Problem(Exception):
    """A known error: something the person can understand and act on. Never a bug."""

    def __init__(self, code: str, **details: object) -> None:
        self.reason = Reason(code, {key: str(value) for key, value in details.items()})
        super().__init__(self.reason.sentence())

    @classmethod
    def of(cls, reason: Reason) -> Problem:
        return cls(reason.code, **reason.details)


class _Forgiving(dict[str, str]):
    """A detail that is missing shows as an ellipsis: a sentence with a gap beats a crash."""

    def __missing__(self, key: str) -> str:
        return "…"
