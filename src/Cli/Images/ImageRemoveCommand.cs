using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;
using Argosy.Client;
using Argosy.Contract.Images;

namespace Argosy.Cli.Images;

/// <summary><c>argosy rmi</c>.</summary>
internal static class ImageRemoveCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<bool> force = Flag.Bool("--force", "Force removal of the image", "-f");
        Option<bool> noPrune = Flag.Bool("--no-prune", "Do not delete untagged parents");
        Option<string[]> platform = Flag.List("--platform", "strings", "Remove only the given platform variant. Formatted as \"os[/arch[/variant]]\" (e.g., \"linux/amd64\")", []);
        return new VerbCommand("[OPTIONS] IMAGE [IMAGE...]", "Remove one or more images")
        {
            force, noPrune, platform,
        }.With(1, "argosy rmi web:old").Runs((line, cancellationToken) =>
        {
            string[] platforms = [.. (line.Get(platform) ?? []).SelectMany(item => item.Split(','))];
            return RemoveAsync(session, line.Arguments, line.Get(force), name => session.Client.Images.RemoveAsync(name, line.Get(force), line.Get(noPrune), platforms, cancellationToken));
        });
    }

    private static async Task<int> RemoveAsync(CliSession session, IReadOnlyList<string> names, bool force, Func<string, Task<IReadOnlyList<ImageDeleteItem>>> remove)
    {
        var failures = new List<(string Text, bool IsMissing)>();
        foreach (string name in names)
        {
            try
            {
                foreach (ImageDeleteItem item in await remove(name))
                    await session.Out.WriteLineAsync(item.Deleted is { Length: > 0 } deleted ? $"Deleted: {deleted}" : $"Untagged: {item.Untagged}");
            }
            catch (ApiException refusal)
            {
                failures.Add((FailureText.Refused(refusal), refusal.StatusCode == global::System.Net.HttpStatusCode.NotFound));
            }
        }
        foreach ((string text, _) in failures)
            await session.Error.WriteLineAsync(text);
        // With --force an image that is not there is not an error.
        return failures.Any(failure => !force || !failure.IsMissing) ? 1 : 0;
    }
}
