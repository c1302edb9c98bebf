const MISSING =
  /\b404\b|not found|page (?:does not|doesn['’]t) exist|no longer (?:exists|available)|страница не (?:найдена|существует)|товар не найден|ничего не найдено|nicht gefunden|existiert nicht|introuvable|n['’]existe (?:plus|pas)|no (?:se ha )?encontrad[ao]|non trovata|não encontrad[ao]|nie znaleziono|nenalezen|niet gevonden|hittades inte|ikke fundet/iu;

/** Whether a title is what shops write on a page that is not there, in the commonest European languages. */
export const saysMissing = (title: string): boolean => MISSING.test(title);
