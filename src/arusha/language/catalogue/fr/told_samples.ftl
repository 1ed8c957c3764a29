## Ce qui ne va pas dans une enquête ou un profil, et que faire (told-do-).

told-sv-two-meanings = un code vaut à la fois une réponse et l'absence de réponse : { $codes }
told-sv-yes-and-no = un code vaut à la fois oui et non : { $codes }
told-sv-labels-absent = étiquettes manquantes : { $n } sur { $size } ({ $rows })
told-sv-populations = une même strate (ou grappe) a des populations de { $first } et de { $second } unités
told-sv-one-cluster = on ne connaît pas l'erreur de { $labels } : tout se trouve dans une seule grappe
told-sv-probability = une probabilité hors de 0 à 1
told-sv-group-one-cluster = un groupe se trouve dans une seule grappe : on ne sait pas en quoi une autre aurait différé
told-sv-no-respondents = nombre de répondants : { $n }
told-sv-reach = puissance à atteindre : { $reach }
told-sv-counts-alike = tous les nombres de chaque liste sont pareils, ce qui ne dit rien de la certitude
told-sv-level = un niveau de { $level }
told-sv-waves-named = deux vagues portent le même nom
told-sv-no-share = { $value } n'est pas une part, et sa pire et sa meilleure valeur sont des parts
told-do-sv-two-meanings = Nommez chaque code une seule fois.
told-do-sv-yes-and-no = Nommez chaque code une seule fois.
told-do-sv-labels-absent = Dites où se range chaque répondant ; les manquants formeraient un groupe à part.
told-do-sv-populations = Donnez à toute la strate le nombre d'unités qu'elle compte.
told-do-sv-one-cluster = Nommez des paires sans elle ; là où chaque bureau doit être comparé, le bureau est une strate.
told-do-sv-probability = Donnez 0.5 pour la médiane.
told-do-sv-group-one-cluster = Comparez des groupes présents dans plusieurs grappes.
told-do-sv-no-respondents = Donnez-en un ou plus.
told-do-sv-reach = Donnez-en une entre 0 et 1.
told-do-sv-counts-alike = Vérifiez la colonne ; une liste dont personne (ou chacun) ne coche rien ne protège personne non plus.
told-do-sv-level = Donnez 0.95 pour 95 %.
told-do-sv-waves-named = Nommez chacune par sa date.
told-do-sv-no-share = Écrivez 0.41 pour 41 %, ou donnez aussi worst et best en pour cent.
