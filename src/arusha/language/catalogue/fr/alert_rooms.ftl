## Les alertes : émises de nouveau, dites à qui.

wb-waits-more = et davantage
wb-alert-raised-again-records = émise de nouveau : des enregistrements qui vont dans ce sens sont nouveaux
wb-alert-raised-again-explanation = émise de nouveau : l'explication acceptée ne se trouve plus dans les enregistrements
wb-became-waits-again = Elle avait été close, et une alerte en a été faite de nouveau parce que les enregistrements ont changé ; aucune explication n'en est acceptée à présent
wb-closed-before-lost = Trouvé alors dans les enregistrements, cherché maintenant et pas trouvé
wb-place = Où { $signal } se situe parmi les autres (évaluation { $name })
wb-place-own = Où vous vous situez parmi les autres ({ $signal }, évaluation { $name })
wb-place-others = Les autres, les neuf dixièmes du milieu
wb-place-this = ce signal
wb-place-you = vous
wb-place-alternative = Une ligne : son estimation, avec l'intervalle { $own }. Une bande grise : les neuf dixièmes du milieu de { $n } autres, { $band }. Personne d'autre n'est montré.
axis-effect = Effet
wb-earlier = Signalé aussi dans des périodes antérieures
wb-earlier-what = La même question avait déjà signalé la même unité. Comment une alerte en a été close n'est pas dit ici : certaines sont décidées une seconde fois par quelqu'un qui ne le sait pas. Ce qui a été expliqué alors ne rend rien persistant.
wb-earlier-period = du { $start } jusqu'avant le { $end }
wb-earlier-none = pas d'alerte
wb-twice = Unités signalées dans deux périodes ou plus
wb-twice-n = environ { $n }
wb-twice-few = moins de { $n } : non donné
mail-subject = Quelque chose vous attend dans Arusha
mail-sign-in = Connectez-vous pour le lire.
mail-never = Ce message ne contient ni nom ni contenu, et n'en contiendra jamais. N'y répondez pas.
chart-place-note = C'est un test qui décide de ce qui est inhabituel, non le fait qu'un intervalle contienne l'attendu. Le rétrécissement rapproche de la moyenne les unités qui ont peu de données : près d'elle, peu de données veut dire « on ne peut pas conclure », pas « tout va bien ».
