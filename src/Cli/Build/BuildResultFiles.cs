using System.Text;
using System.Text.Json;
using Argosy.Cli.Archives;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Syntax;
using Argosy.Client;
using Argosy.Contract.Containers;
using Argosy.Linux.Archives;

namespace Argosy.Cli.Build;

/// <summary>Where <c>argosy build</c> puts its result beside the engine's images (<c>--output</c>), and what it tells of it (<c>--iidfile</c>, <c>--metadata-file</c>).</summary>
internal sealed record BuildResultFiles
{
    /// <summary>local, tar, oci, docker or image.</summary>
    public required string Type { get; init; }

    /// <summary>A directory or a file; "-" is standard output.</summary>
    public required string? Destination { get; init; }

    /// <summary>Further names of the image; those that are pushed, if it is.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Whether the image goes to its registry.</summary>
    public bool IsPushed { get; init; }

    /// <summary>Reads <c>--output</c>: a directory alone is <c>type=local,dest=DIRECTORY</c>, "-" is <c>type=tar,dest=-</c>.</summary>
    public static BuildResultFiles Parse(string text)
    {
        if (!text.Contains('=', StringComparison.Ordinal))
            return new BuildResultFiles { Type = text == "-" ? "tar" : "local", Destination = text };
        var output = new BuildResultFiles { Type = "", Destination = null };
        foreach ((string key, string value, _) in CommaFields.Parse(text))
        {
            output = key switch
            {
                "type" => output with { Type = value },
                "dest" when value.Length > 0 => output with { Destination = value },
                "name" => output with { Names = [.. value.Split(',', StringSplitOptions.RemoveEmptyEntries)] },
                "push" => output with { IsPushed = value is "true" or "1" ? true : value is "false" or "0" ? false : throw new CliException($"--output {text}: push is true or false") },
                _ => throw new CliException($"--output {text}: '{key}={value}' is not supported"),
            };
        }
        return output.Checked(text);
    }

    /// <summary><c>type=registry</c> is <c>type=image,push=true</c>.</summary>
    private BuildResultFiles Checked(string text)
    {
        if (Type is not ("local" or "tar" or "oci" or "docker" or "image" or "registry"))
            throw new CliException($"--output {text}: the type is local, tar, oci, docker, image or registry");
        if (Destination is null && Type is ("local" or "tar" or "oci"))
            throw new CliException($"--output {text}: dest is missing");
        if (Type is not ("image" or "registry") && (IsPushed || Names.Count > 0))
            throw new CliException($"--output {text}: name and push are for an image; -t names what is in an archive");
        if (Type is "image" or "registry" && Destination is not null)
            throw new CliException($"--output {text}: an image has no dest");
        return Type == "registry" ? this with { Type = "image", IsPushed = true } : this;
    }

    /// <summary>Writes the result out.</summary>
    /// <param name="engine">The engine that has built it.</param>
    /// <param name="id">The image.</param>
    /// <param name="names">Its names, which an archive keeps.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    public async Task WriteAsync(EngineClient engine, string id, IReadOnlyList<string> names, Stream output, CancellationToken cancellationToken)
    {
        if (Destination is null)
            return;
        if (Type is "oci" or "docker")
        {
            await using Stream archive = await engine.Images.SaveAsync(names.Count > 0 ? names : [id], cancellationToken: cancellationToken);
            await CopyAsync(archive, output, cancellationToken);
            return;
        }
        // A container that never runs: what it exports is the image's files and nothing else.
        string container = (await engine.Containers.CreateAsync(new ContainerCreateRequest { Image = id, Cmd = ["/"] }, cancellationToken: cancellationToken)).Id;
        try
        {
            await using Stream files = await engine.Containers.ExportAsync(container, cancellationToken);
            if (Type == "tar")
                await CopyAsync(files, output, cancellationToken);
            else
                await Task.Run(() => Extract(files, cancellationToken), cancellationToken);
        }
        finally
        {
            await engine.Containers.RemoveAsync(container, volumes: true, force: true, cancellationToken: CancellationToken.None);
        }
    }

    /// <summary>The keys that buildx writes and that there is something to say of.</summary>
    public static void WriteMetadata(string path, string id, IReadOnlyList<string> names, string? pushed)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        using var writer = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteString("containerimage.config.digest", id);
        if (pushed is not null)
            writer.WriteString("containerimage.digest", pushed);
        if (names.Count > 0)
            writer.WriteString("image.name", string.Join(',', names));
        writer.WriteEndObject();
    }

    /// <summary>A file with nothing but the id.</summary>
    public static void WriteId(string path, string id)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        file.Write(Encoding.ASCII.GetBytes(id));
    }

    private async Task CopyAsync(Stream from, Stream output, CancellationToken cancellationToken)
    {
        if (Destination == "-")
        {
            await from.CopyToAsync(output, cancellationToken);
            return;
        }
        await using var file = new FileStream(Destination!, FileMode.Create, FileAccess.Write);
        await from.CopyToAsync(file, cancellationToken);
    }

    /// <summary>Who is not root gets the files as his own: he can give them to nobody else.</summary>
    private void Extract(Stream archive, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Destination!);
        (uint User, uint Group)? owner = Environment.IsPrivilegedProcess ? null : Unpacking.Self;
        TarExtractor.Extract(archive, Destination!, new ExtractOptions { Links = LinkPolicy.ResolveInRoot, KeepRoot = true, Owner = owner }, cancellationToken);
    }
}
