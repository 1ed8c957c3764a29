## Les alertes : émises de nouveau, dites à qui.

wb-waits-more = et davantage
wb-alert-raised-again-records = émise de nouveau : des enregistrements qui vont dans ce sens sont nouveaux
wb-alert-raised-again-explanation = émise de nouveau : l'explication acceptée ne se trouve plus dans les enregistrements
wb-became-waits-again = Elle avait été close, et une alerte en a été faite de nouveau parce que les enregistrements ont changé ; aucune explication n'en est acceptée à présent
wb-closed-before-lost = Trouvé alors dans les enregistrements, cherché maintenant et pas trouvé
