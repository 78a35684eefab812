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
        return new VerbCommand("[OPTIONS] IMAGE [IMAGE...]", "Remove one or more images")
        {
            force, noPrune,
        }.With(1, "argosy rmi web:old").Runs((line, cancellationToken) => RemoveAsync(session, line.Arguments, line.Get(force), line.Get(noPrune), cancellationToken));
    }

    private static async Task<int> RemoveAsync(CliSession session, IReadOnlyList<string> names, bool force, bool noPrune, CancellationToken cancellationToken)
    {
        var failures = new List<(string Text, bool IsMissing)>();
        foreach (string name in names)
        {
            try
            {
                foreach (ImageDeleteItem item in await session.Client.Images.RemoveAsync(name, force, noPrune, cancellationToken))
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
