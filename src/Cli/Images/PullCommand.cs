using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;

namespace Argosy.Cli.Images;

/// <summary><c>argosy pull</c>.</summary>
internal static class PullCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<bool> allTags = Flag.Bool("--all-tags", "Download all tagged images in the repository", "-a");
        Option<string?> platform = Flag.Text("--platform", "Set platform if server is multi-platform capable");
        Option<bool> quiet = Flag.Bool("--quiet", "Suppress verbose output", "-q");
        return new VerbCommand("[OPTIONS] NAME[:TAG|@DIGEST]", "Download an image from a registry")
        {
            allTags, platform, quiet,
        }.With(1, 1, "argosy pull debian:bookworm-slim", "argosy pull --platform linux/arm64 registry.example.com/web").Runs(async (line, cancellationToken) =>
        {
            string image = line.Arguments[0];
            var pull = new ImagePull(session, session.Out);
            if (line.Get(allTags))
            {
                if (ImageNames.HasTagOrDigest(image))
                    throw new CliException("tag can't be used with --all-tags/-a");
                await pull.RunAsync(image, null, line.Get(platform), line.Get(quiet), cancellationToken);
            }
            else
            {
                if (!ImageNames.HasTagOrDigest(image) && !line.Get(quiet))
                    await session.Out.WriteLineAsync("Using default tag: latest");
                await pull.RunAsync(image, line.Get(platform), line.Get(quiet), cancellationToken);
            }
            await session.Out.WriteLineAsync(ImageNames.Canonical(image));
        });
    }
}
