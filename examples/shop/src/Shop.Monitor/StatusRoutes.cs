namespace Shop.Monitor;

/// <summary>The status for people and for programs.</summary>
internal static class StatusRoutes
{
    internal static void MapStatus(this WebApplication app)
    {
        app.MapGet("/status", (Board board) => TypedResults.Content(StatusPage.Render(board.Report).ToString(), "text/html; charset=utf-8"));
        app.MapGet("/status.json", (Board board) => TypedResults.Json(board.Report, MonitorJson.Default.StatusReport));
    }
}
