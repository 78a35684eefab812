using System.Text.Json;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Images;
using Argosy.Cli.Output;
using Argosy.Cli.Registry;
using Argosy.Cli.Session;

namespace Argosy.Cli.Build;

/// <summary>The names that a build's result is pushed by: <c>--push</c>, <c>--output type=registry</c> or <c>type=image,push=true</c>.</summary>
internal sealed class BuildPush
{
    private readonly IReadOnlyList<string> names;

    private BuildPush(IReadOnlyList<string> names) => this.names = names;

    /// <param name="outputs">Those that are pushed name what, or push all that the image is called.</param>
    /// <param name="tags">All names of the image.</param>
    /// <exception cref="CliException">There is no name to push by; buildx's words.</exception>
    public static BuildPush Of(IReadOnlyList<BuildResultFiles> outputs, IReadOnlyList<string> tags)
    {
        var names = new List<string>();
        foreach (BuildResultFiles output in outputs.Where(output => output.IsPushed))
            names.AddRange(output.Names.Count > 0 ? output.Names : tags.Count > 0 ? tags : throw new CliException("tag is needed when pushing to registry"));
        return new BuildPush([.. names.Distinct()]);
    }

    /// <returns>The digest that the registry knows it by; null when nothing is pushed.</returns>
    public async Task<string?> RunAsync(CliSession session, TextWriter text, CancellationToken cancellationToken)
    {
        string? digest = null;
        foreach (string name in names)
        {
            (string repository, string tag) = ImagePull.Parts(name);
            string? credentials = await CredentialStore.Open(session.Global).HeaderForImageAsync(repository, cancellationToken);
            var printer = new ProgressPrinter(session, text)
            {
                OnAux = aux => digest = aux.ValueKind == JsonValueKind.Object && aux.TryGetProperty("Digest", out JsonElement value) ? value.GetString() : digest,
            };
            await printer.PrintAsync(session.Client.Images.PushAsync(repository, tag, credentials: credentials, cancellationToken: cancellationToken), cancellationToken);
        }
        return digest;
    }
}
