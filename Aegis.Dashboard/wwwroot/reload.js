// Buttons that load the page again work without a connection to the server.
document.addEventListener("click", event => {
    if (event.target.closest("[data-reload]")) {
        location.reload();
    }
});
