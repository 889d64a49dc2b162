// Before anything is drawn: a page that is to be dark must not flash.
const theme = localStorage.getItem("scoretree.theme");
if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
