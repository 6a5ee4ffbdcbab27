"""What went and what is not certain, in Italian: the one place for these words."""

DROPPED = {
    "properties": ("le proprietà del file (autori, date, modello)", "{} parti di proprietà"),
    "tracked-changes": ("una revisione (accettata)", "{} revisioni (accettate)"),
    "comments": ("un commento", "{} commenti"),
    "hidden-text": ("un punto di testo nascosto", "{} punti di testo nascosto"),
    "hidden-sheets": ("un foglio nascosto", "{} fogli nascosti"),
    "hidden-rows": ("il contenuto di una riga nascosta", "il contenuto di {} righe nascoste"),
    "hidden-columns": (
        "il contenuto di una colonna nascosta",
        "il contenuto di {} colonne nascoste",
    ),
    "thumbnails": ("un'anteprima", "{} anteprime"),
    "custom-data": ("una parte di dati aggiuntivi", "{} parti di dati aggiuntivi"),
    "embedded-objects": ("un oggetto incorporato", "{} oggetti incorporati"),
    "charts": ("un grafico o disegno collegato ai dati", "{} grafici o disegni collegati ai dati"),
    "macros": ("un programma o macro", "{} programmi o macro"),
    "signatures": ("una firma digitale", "{} firme digitali"),
    "external-links": ("un collegamento a un file esterno", "{} collegamenti a file esterni"),
    "printer-settings": ("le impostazioni di una stampante", "{} impostazioni di stampanti"),
    "settings": ("un'impostazione di chi ha scritto", "{} impostazioni di chi ha scritto"),
    "names": ("un nome definito", "{} nomi definiti"),
    "formulas": ("una formula (resta il valore)", "{} formule (restano i valori)"),
    "attachments": ("un allegato interno", "{} allegati interni"),
    "annotations": ("un'annotazione", "{} annotazioni"),
    "form-fields": ("un campo da compilare (resta ciò che si vede)", "{} campi da compilare"),
    "bookmarks": ("un segnalibro", "{} segnalibri"),
    "versions": ("una versione precedente", "{} versioni precedenti"),
    "links": ("un collegamento interno", "{} collegamenti interni"),
    "layers": ("un livello", "{} livelli"),
    "tags": ("la struttura per i lettori di schermo", "{} strutture per i lettori di schermo"),
    "scripts": ("uno script o contenuto esterno", "{} script o contenuti esterni"),
    "attributes": ("un attributo non mostrato", "{} attributi non mostrati"),
    "other-parts": ("una parte che non fa il testo", "{} parti che non fanno il testo"),
    "picture-data": ("i dati di una fotografia", "i dati di {} fotografie"),
}
WARNINGS = {
    "pictures": (
        "Ciò che si vede nelle immagini non è stato letto: guardale una per una prima di "
        "condividere la copia{}."
    ),
    "pages-as-pictures": (
        "Queste pagine sono diventate immagini, perché il dato fosse tolto davvero: {}."
    ),
    "signature-broken": (
        "La firma digitale non c'è più: la copia è un file nuovo. Conserva l'originale firmato."
    ),
    "formulas-became-values": (
        "Le formule sono diventate valori, perché ciò che era nascosto e che usavano non c'è più."
    ),
    "structure-lost": (
        "La copia non è più un PDF/A accessibile: se serve, esportala di nuovo dal documento da "
        "cui nasce."
    ),
    "converted": "Il file era {}: la copia è stata convertita, controllane l'aspetto.",
    "nothing-found": (
        "Nessun dato da togliere è stato riconosciuto: non è una prova che non ce ne siano."
    ),
}
