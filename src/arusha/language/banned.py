"""Words that are never shown, because they judge a person or line people up (the fixed vocabulary says why)."""

from __future__ import annotations

import re

# Each pattern is a whole word or phrase. Tariff classification, a criterion's rank in a file and the crime of
# corruption are ordinary terms of the field and stay allowed: what is banned is the label on a person.
_PATTERNS = {
    "en": (
        r"risky officers?",
        r"corrupt",
        r"suspects?",
        r"suspected",
        r"suspicious",
        r"scores?",
        r"offenders?",
        r"rankings?",
        r"top (?:10|ten)",
        r"compliance rates? of (?:a |an |the )?(?:person|officer|people|officers)",
    ),
    "fr": (
        r"agents? à risque",
        r"corrompu(?:e|s|es)?",
        r"suspect(?:e|s|es|é|ée|és|ées)?",
        r"scores?",
        r"délinquant(?:e|s|es)?",
        r"contrevenant(?:e|s|es)?",
        r"palmarès",
        r"classement des (?:agents|personnes|fonctionnaires|vérificateurs|bureaux|déclarants)",
        r"top (?:10|dix)",
        r"les (?:10|dix) premiers",
        r"taux de conformité d(?:'une|e la|es) (?:personnes?|agents?)",
    ),
    "es": (
        r"funcionari[oa]s? (?:de riesgo|riesgos[oa]s?)",
        r"corrupt[oa]s?",
        r"sospechos[oa]s?",
        r"puntuaci(?:ón|ones)",
        r"puntajes?",
        r"infractor(?:a|es|as)?",
        r"delincuentes?",
        r"rankings?",
        r"clasificación de (?:funcionarios|personas|oficinas|declarantes)",
        r"top (?:10|diez)",
        r"los (?:10|diez) primeros",
        r"tasa de cumplimiento de (?:una persona|un funcionario|las personas|los funcionarios)",
    ),
    "ar": (
        r"(?:ال)?موظف(?:ون|ين)? (?:ال)?خط(?:ر|رون|رين|ير)",
        r"(?:ال)?فاسد(?:ون|ين|ة)?",
        r"(?:ال)?مشتبه (?:به|بهم|بها|فيه|فيهم)",
        r"(?:ال)?مشبوه(?:ون|ين|ة)?",
        r"(?:درجة|درجات|نقاط) (?:ال)?(?:مخاطر|موظف|شخص|خطورة)(?:ين)?",
        r"(?:ال)?مجرم(?:ون|ين)?",
        r"(?:ال)?جناة",
        r"(?:ال)?جاني",
        r"(?:ترتيب|تصنيف) (?:ال)?(?:موظفين|أشخاص|مكاتب|مصرحين)",
        r"(?:أعلى|أفضل|أسوأ) (?:10|١٠|عشرة)",
        r"معدل امتثال (?:ال)?(?:موظف|شخص)(?:ين)?",
    ),
}

_COMPILED = {
    # Arabic writes "and", "in", "for" as one letter in front of the word.
    lang: re.compile(rf"(?<!\w){'[وفبلك]?' if lang == 'ar' else ''}(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)
    for lang, patterns in _PATTERNS.items()
}

# Marks that Arabic text may carry between letters: vowels, the lengthening stroke and isolation marks.
_MARKS = re.compile("[\u0640\u064b-\u0652\u200e\u200f\u2066-\u2069]")


def banned_words(text: str, lang: str) -> tuple[str, ...]:
    """The banned words that ``text`` contains, as they are written there (vowel marks removed)."""
    return tuple(found.group(0) for found in _COMPILED[lang].finditer(_MARKS.sub("", text)))
