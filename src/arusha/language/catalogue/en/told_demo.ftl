## What is wrong with worlds of the demo that were kept, and what to do (told-do-).

told-demo-other-key = the world made again has another answer key than the one that was kept
told-do-demo-other-key = Delete the folder of kept worlds, or name another.
