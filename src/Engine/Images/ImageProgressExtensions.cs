namespace Argosy.Engine.Images;

/// <summary>Shorthands for lines.</summary>
internal static class ImageProgressExtensions
{
    internal static void Status(this IImageProgress progress, string status, string? id = null) =>
        progress.Report(new ImageProgress { Status = status, Id = id });

    internal static void Bar(this IImageProgress progress, string id, string status, long current, long total) =>
        progress.Report(new ImageProgress { Id = id, Status = status, Current = current, Total = total });

    internal static void Text(this IImageProgress progress, string text) => progress.Report(new ImageProgress { Text = text });
}
