using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Registry;
using Argosy.Cli.Session;

namespace Argosy.Cli.Images;

/// <summary><c>argosy push</c>.</summary>
internal static class PushCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<bool> allTags = Flag.Bool("--all-tags", "Push all tags of an image to the repository", "-a");
        Option<string?> platform = Flag.Text("--platform", "Push a platform-specific manifest as a single-platform image to the registry");
        Option<bool> quiet = Flag.Bool("--quiet", "Suppress verbose output", "-q");
        return new VerbCommand("[OPTIONS] NAME[:TAG]", "Upload an image to a registry")
        {
            allTags, platform, quiet,
        }.With(1, 1, "argosy push registry.example.com/shop/web:1.2").Runs(async (line, cancellationToken) =>
        {
            (string repository, string tag) = ImageNames.Split(line.Arguments[0]);
            if (line.Get(allTags) && tag.Length > 0)
                throw new CliException("tag can't be used with --all-tags/-a");
            if (!line.Get(allTags) && tag.Length == 0)
            {
                tag = "latest";
                if (!line.Get(quiet))
                    await session.Out.WriteLineAsync("Using default tag: latest");
            }
            string? credentials = await CredentialStore.Open(session.Global).HeaderForImageAsync(repository, cancellationToken);
            var progress = new ProgressPrinter(session, line.Get(quiet) ? TextWriter.Null : session.Out);
            await progress.PrintAsync(session.Client.Images.PushAsync(repository, line.Get(allTags) ? null : tag, line.Get(platform), credentials, cancellationToken), cancellationToken);
            if (line.Get(quiet))
                await session.Out.WriteLineAsync(ImageNames.Canonical(line.Arguments[0]));
        });
    }
}
