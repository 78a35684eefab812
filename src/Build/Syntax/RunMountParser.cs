using System.Globalization;
using Argosy.Build.Syntax.Instructions;
using Argosy.Core;

namespace Argosy.Build.Syntax;

/// <summary>The <c>key=value,…</c> text of a <c>RUN --mount</c>. Values may hold variables, <c>from</c> may not: stages have to be known before anything runs.</summary>
public static class RunMountParser
{
    private static readonly string[] Keys =
        ["type", "from", "source", "src", "target", "dst", "destination", "readonly", "ro", "readwrite", "rw", "required", "size", "id", "sharing", "mode", "uid", "gid", "env"];

    /// <summary>Reads one mount with its values expanded.</summary>
    /// <exception cref="DockerfileSyntaxException">An unknown key or type, or a value that does not fit.</exception>
    internal static RunMount Parse(string text, Func<string, string> expand)
    {
        var mount = new RunMount();
        bool? readOnly = null;
        foreach (string field in Fields(text))
        {
            (string key, string? value) = Split(field);
            if (value is not null && key != "from")
                value = expand(value);
            if (key is "readonly" or "ro")
                readOnly = Boolean(value, field);
            else if (key is "readwrite" or "rw")
                readOnly = !Boolean(value, field);
            else
                mount = With(mount, key, value, field);
        }
        return Complete(mount with { ReadOnly = readOnly ?? mount.Type == RunMountType.Bind });
    }

    /// <summary>The stage, image or context that a mount needs; null for none.</summary>
    internal static string? FromOf(string text) =>
        Fields(text).Select(Split).LastOrDefault(field => field.Key == "from").Value;

    /// <summary>Checks what can be checked before variables have values.</summary>
    internal static void Check(string text)
    {
        if (FromOf(text) is { } from && from.Contains('$', StringComparison.Ordinal))
            throw new DockerfileSyntaxException($"'{from}': variable expansion is not supported for from, define a new stage with FROM using ARG from global scope as a workaround");
        if (!text.Contains('$', StringComparison.Ordinal))
            _ = Parse(text, value => value);
    }

    private static RunMount With(RunMount mount, string key, string? value, string field)
    {
        if (key == "required")
            return mount with { Required = Boolean(value, field) };
        if (value is null)
            throw new DockerfileSyntaxException($"invalid field '{field}' must be a key=value pair");
        return key switch
        {
            "type" => mount with { Type = TypeOf(value) },
            "from" => mount with { From = value },
            "source" or "src" => mount with { Source = value },
            "target" or "dst" or "destination" => mount with { Target = value },
            "id" => mount with { Id = value },
            "sharing" => mount with { Sharing = SharingOf(value) },
            "mode" => mount with { Mode = ModeOf(value) },
            "uid" => mount with { User = Number(key, value) },
            "gid" => mount with { Group = Number(key, value) },
            "env" => mount with { Variable = value },
            _ => mount with { Size = SizeOf(value) },
        };
    }

    private static RunMount Complete(RunMount mount)
    {
        Require(mount.Source is null || mount.Type is RunMountType.Bind or RunMountType.Cache, $"source is not supported for {Name(mount)} mounts");
        Require(mount.From is null || mount.Type is RunMountType.Bind or RunMountType.Cache, $"from is not supported for {Name(mount)} mounts");
        Require(mount.Size is null || mount.Type == RunMountType.Tmpfs, $"size is not supported for {Name(mount)} mounts");
        Require(mount.Variable is null || mount.Type == RunMountType.Secret, $"env is not supported for {Name(mount)} mounts");
        Require(mount.Sharing == CacheSharing.Shared || mount.Type == RunMountType.Cache, $"sharing is not supported for {Name(mount)} mounts");
        Require(mount.Source is null || mount.From is not null || mount.Type == RunMountType.Bind, "source of a cache mount needs from");
        return mount.Type switch
        {
            RunMountType.Cache => WithTarget(mount) with { Id = mount.Id.Length > 0 ? mount.Id : mount.Target! },
            RunMountType.Secret => Secret(mount),
            RunMountType.Ssh => mount with { Id = mount.Id.Length > 0 ? mount.Id : "default" },
            _ => WithTarget(mount),
        };
    }

    /// <summary>A secret has a name, its own or its file's, and is a file unless it is only a variable.</summary>
    private static RunMount Secret(RunMount mount)
    {
        string id = mount.Id.Length > 0 ? mount.Id : mount.Target is { } path ? path[(path.LastIndexOf('/') + 1)..] : "";
        Require(id.Length > 0, "secret mounts need an id or a target");
        return mount with { Id = id, Target = mount.Target ?? (mount.Variable is null ? $"/run/secrets/{id}" : null) };
    }

    private static RunMount WithTarget(RunMount mount)
    {
        Require(mount.Target is { Length: > 0 }, $"target is required for {Name(mount)} mounts");
        return mount;
    }

    private static string Name(RunMount mount) => mount.Type.ToString().ToLowerInvariant();

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new DockerfileSyntaxException(otherwise);
    }

    /// <summary>Fields as encoding/csv reads them: a field in double quotes may hold commas.</summary>
    private static IEnumerable<string> Fields(string text)
    {
        int start = 0;
        bool quoted = false;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '"')
                quoted = !quoted;
            if (i < text.Length && (text[i] != ',' || quoted))
                continue;
            yield return text[start..i].Replace("\"", "", StringComparison.Ordinal);
            start = i + 1;
        }
    }

    private static (string Key, string? Value) Split(string field)
    {
        int equals = field.IndexOf('=', StringComparison.Ordinal);
        string key = (equals < 0 ? field : field[..equals]).ToLowerInvariant();
        if (!Keys.Contains(key))
            throw new DockerfileSyntaxException($"unexpected key '{key}' in '{field}'{NearestWord.Hint(key, Keys)}");
        return (key, equals < 0 ? null : field[(equals + 1)..]);
    }

    private static RunMountType TypeOf(string value) => value.ToLowerInvariant() switch
    {
        "bind" => RunMountType.Bind,
        "cache" => RunMountType.Cache,
        "tmpfs" => RunMountType.Tmpfs,
        "secret" => RunMountType.Secret,
        "ssh" => RunMountType.Ssh,
        _ => throw new DockerfileSyntaxException($"unsupported mount type \"{value}\"{NearestWord.Hint(value, ["bind", "cache", "tmpfs", "secret", "ssh"])}"),
    };

    private static CacheSharing SharingOf(string value) => value switch
    {
        "shared" => CacheSharing.Shared,
        "private" => CacheSharing.Private,
        "locked" => CacheSharing.Locked,
        _ => throw new DockerfileSyntaxException($"unsupported sharing value \"{value}\": shared, private or locked"),
    };

    private static bool Boolean(string? value, string field) => value?.ToLowerInvariant() switch
    {
        null or "true" or "1" => true,
        "false" or "0" => false,
        _ => throw new DockerfileSyntaxException($"invalid value in '{field}': expecting true or false"),
    };

    private static int ModeOf(string value) => value.Length is > 0 and <= 5 && value.All(c => c is >= '0' and <= '7') && Convert.ToInt32(value, 8) is <= 0xfff and var mode
        ? mode
        : throw new DockerfileSyntaxException($"invalid value {value} for mode");

    private static uint Number(string key, string value) =>
        uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? number : throw new DockerfileSyntaxException($"invalid value {value} for {key}");

    private static long SizeOf(string value) =>
        ByteSize.TryParse(value, out long size) ? size : throw new DockerfileSyntaxException($"invalid value for size: {value}");
}
