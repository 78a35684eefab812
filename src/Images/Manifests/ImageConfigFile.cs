using System.Text.Json;
using System.Text.Json.Serialization;
using Argosy.Core;

namespace Argosy.Images.Manifests;

/// <summary>The image's configuration document, whose digest is the image's id (OCI image spec, config.md).</summary>
public sealed record ImageConfigFile
{
    [JsonPropertyName("architecture")]
    public string Architecture { get; set => field = value ?? ""; } = "";

    [JsonPropertyName("author")]
    public string? Author { get; init; }

    [JsonPropertyName("comment")]
    public string? Comment { get; init; }

    [JsonPropertyName("config")]
    public ImageConfig? Config { get; init; }

    [JsonPropertyName("created")]
    public DateTimeOffset? Created { get; init; }

    [JsonPropertyName("docker_version")]
    public string? DockerVersion { get; init; }

    [JsonPropertyName("history")]
    public IReadOnlyList<HistoryEntry>? History { get; init; }

    [JsonPropertyName("os")]
    public string Os { get; set => field = value ?? ""; } = "";

    [JsonPropertyName("os.version")]
    public string? OsVersion { get; init; }

    [JsonPropertyName("rootfs")]
    public required RootFileSystem RootFs { get; init; }

    [JsonPropertyName("variant")]
    public string? Variant { get; init; }

    /// <summary>Reads the document.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/> when it is none.</exception>
    public static ImageConfigFile Parse(ReadOnlySpan<byte> json)
    {
        ImageConfigFile file = Documents.Parse(json, ManifestJson.Default.ImageConfigFile, "image configuration");
        if (file.RootFs is null)
            throw EngineException.Invalid("invalid image configuration: rootfs is null");
        Documents.RequireNoNull(file.History, "history");
        Documents.RequireNoNull(file.Config?.Env, "Env");
        Documents.RequireNoNull(file.Config?.Cmd, "Cmd");
        Documents.RequireNoNull(file.Config?.Entrypoint, "Entrypoint");
        Documents.RequireNoNull(file.Config?.OnBuild, "OnBuild");
        Documents.RequireNoNull(file.Config?.Shell, "Shell");
        Documents.RequireNoNull(file.Config?.Labels?.Values, "Labels");
        Documents.RequireNoNull(file.Config?.Healthcheck?.Test, "Healthcheck.Test");
        return file;
    }

    /// <summary>Writes the document; the same value gives the same bytes.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ManifestJson.Wire.ImageConfigFile);
}
