using System.Text.Json;
using System.Text.Json.Serialization;

namespace Argosy.Daemon;

/// <summary>Reads daemon.json. A key that is not known is an error: a setting that is silently ignored is a trap.</summary>
internal static class SettingsFile
{
    internal const string DefaultPath = "/etc/argosy/daemon.json";

    /// <summary>Reads the file; the default one may be missing, one that was asked for may not.</summary>
    /// <exception cref="InvalidDataException">The file is missing or malformed.</exception>
    internal static DaemonSettings Read(string? path)
    {
        string file = path ?? DefaultPath;
        if (!File.Exists(file))
            return path is null ? new DaemonSettings() : throw new InvalidDataException($"configuration file {file} does not exist");
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), SettingsJson.Default.DaemonSettings) ?? new DaemonSettings();
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"unable to configure the daemon with file {file}: {exception.Message}", exception);
        }
    }
}

/// <summary>daemon.json.</summary>
[JsonSerializable(typeof(DaemonSettings))]
[JsonSourceGenerationOptions(UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
internal sealed partial class SettingsJson : JsonSerializerContext;
