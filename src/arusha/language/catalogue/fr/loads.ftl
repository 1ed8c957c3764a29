## Ce que l'examen d'un extrait et un chargement disent à l'écran, et ce qui précède un remède.

what-to-do = Que faire : { $remedy }
load-look =
    Correspondance { $mapping } : { $files ->
        [one] un fichier lu
       *[other] { $files } fichiers lus
    }, rien n'est stocké.
load-blocked = Un chargement ne stockerait rien tant que ceci n'est pas corrigé :
load-absent = absentes : { $columns }
load-empty = vides : { $columns }
load-constant = constantes : { $columns }
load-day-only =
    { $column } : seul le jour est connu dans { $n ->
        [one] une ligne
       *[other] { $n } lignes
    }
load-absent-tables = Tables absentes : { $tables }
load-would = Seraient écartées :
load-known-values = Le contrat connaît { $values } ; un code pour un autre se déclare dans une adaptation (`lookup`).
load-reason =
    { $n ->
        [one] une ligne
       *[other] { $n } lignes
    } de { $table } : { $reason }. { $meaning }
load-example = { $path }, ligne { $line } : { $cells }
load-not-read = Non lus :
load-not-read-columns = { $path } : colonnes { $columns }
load-not-read-file = { $path } : aucune table de la correspondance
load-note = À noter : { $note }
load-rows =
    { $n ->
        [one] une ligne
       *[other] { $n } lignes
    }
load-aside = Lignes écartées : { $n } de { $path } pour { $table } : { $reason }, à partir de la ligne { $line }. { $meaning }
load-file = { $path } : { $rows } lignes lues = { $accepted } acceptées + { $aside } écartées
load-file-no-table = { $file } + { $n } pour aucune table
load-workspace = L'espace de travail est { $path }
