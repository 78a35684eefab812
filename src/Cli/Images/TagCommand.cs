using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;

namespace Argosy.Cli.Images;

/// <summary><c>argosy tag</c>.</summary>
internal static class TagCommand
{
    public static VerbCommand Create(CliSession session) =>
        new VerbCommand("SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]", "Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE")
            .With(2, 2, "argosy tag web:latest registry.example.com/web:1.2")
            .Runs((line, cancellationToken) =>
            {
                (string repository, string tag) = ImageNames.Split(line.Arguments[1]);
                return session.Client.Images.TagAsync(line.Arguments[0], repository, tag.Length > 0 ? tag : "latest", cancellationToken);
            });
}
