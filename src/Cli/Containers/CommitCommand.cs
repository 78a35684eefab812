using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Images;
using Argosy.Cli.Session;

namespace Argosy.Cli.Containers;

/// <summary><c>argosy commit</c>.</summary>
internal static class CommitCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<string?> author = Flag.Text("--author", "Author (e.g., \"John Hannibal Smith <hannibal@a-team.com>\")", "-a");
        Option<string?> message = Flag.Text("--message", "Commit message", "-m");
        Option<string[]> change = Flag.List("--change", "Apply Dockerfile instruction to the created image", "-c");
        var pause = new Option<bool?>("--pause", "-p") { Description = "Pause container during commit (default true)" };
        return new VerbCommand("[OPTIONS] CONTAINER [REPOSITORY[:TAG]]", "Create a new image from a container's changes")
        {
            author, message, change, pause,
        }.With(1, 2, "argosy commit -c 'CMD [\"nginx\"]' web web:patched").Runs(async (line, cancellationToken) =>
        {
            (string repository, string tag) = line.Arguments.Count == 2 ? ImageNames.Split(line.Arguments[1]) : ("", "");
            string id = await session.Client.Images.CommitAsync(
                line.Arguments[0], repository, tag, line.Get(message), line.Get(author), line.GetAll(change), line.Get(pause) ?? true, cancellationToken);
            await session.Out.WriteLineAsync(id);
        });
    }
}
