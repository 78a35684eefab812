using System.Globalization;
using Argosy.Core;
using Argosy.Engine.Containers.Model;
using Argosy.Runtime.Logs;

namespace Argosy.Engine.Logs;

/// <summary>What LogConfig means. As with dockerd a wrong driver or option is refused when the container is made, a wrong value when it starts.</summary>
internal static class LogSettings
{
    private static readonly string[] FileOptions = ["max-file", "max-size", "compress"];
    private static readonly string[] AttributeOptions = ["labels", "labels-regex", "env", "env-regex", "tag"];

    /// <summary>Checks driver and names of options.</summary>
    /// <exception cref="EngineException">As dockerd's, or <see cref="ErrorKind.NotImplemented"/> for what dockerd could do.</exception>
    public static void CheckNames(HostSettings host)
    {
        (string driver, IReadOnlyDictionary<string, string> options) = (host.LogDriver, host.LogOptions);
        if (driver is not ("json-file" or "local" or "none"))
            throw EngineException.NotImplemented($"logger: no log driver named '{driver}' is registered: json-file, local and none are supported");
        CheckMode(options);
        foreach (string option in options.Keys.Where(option => option is not ("mode" or "max-buffer-size")))
        {
            if (driver == "json-file" && !FileOptions.Contains(option) && !AttributeOptions.Contains(option))
                throw EngineException.Invalid($"unknown log opt '{option}' for json-file log driver");
            if (driver == "local" && !FileOptions.Contains(option))
                throw EngineException.Invalid($"unknown log opt '{option}' for log driver local");
            if (driver == "none")
                throw EngineException.Invalid($"invalid logging opts for driver none: {option}");
        }
    }

    /// <summary>How much is kept; null when nothing is.</summary>
    /// <exception cref="EngineException">dockerd's sentence about a value that cannot be read.</exception>
    public static LogLimits? Limits(HostSettings host)
    {
        IReadOnlyDictionary<string, string> options = host.LogOptions;
        LogAttributes.Check(options);
        return host.LogDriver switch
        {
            "none" => null,
            "local" => Local(options),
            _ => JsonFile(options),
        };
    }

    /// <summary>Who says a size and nothing else means one file of it, as with Docker; who says nothing gets our default.</summary>
    private static LogLimits JsonFile(IReadOnlyDictionary<string, string> options)
    {
        LogLimits absent = LogLimits.Default;
        bool sized = options.ContainsKey("max-size");
        long size = sized ? Size(options["max-size"], $"invalid size: '{options["max-size"]}'", "max-size must be a positive number") : absent.MaxSize;
        int files = options.TryGetValue("max-file", out string? count) ? Files(count) : sized ? 1 : absent.MaxFiles;
        if (files < 1)
            throw Failure("max-file cannot be less than 1");
        bool compress = options.TryGetValue("compress", out string? text) ? Flag(text, "") : !sized && files > 1;
        return compress && (files < 2 || !(sized || !options.ContainsKey("compress")))
            ? throw Failure("compress cannot be true when max-file is less than 2 or max-size is not set")
            : new LogLimits(size, files, compress);
    }

    private static LogLimits Local(IReadOnlyDictionary<string, string> options)
    {
        LogLimits absent = LogLimits.Default;
        long size = options.TryGetValue("max-size", out string? text) ? Size(text, $"invalid value for max-size: {text}: invalid size: '{text}'", "max size must be a positive number") : absent.MaxSize;
        int files = options.TryGetValue("max-file", out string? count) ? Files(count) : absent.MaxFiles;
        bool compress = !options.TryGetValue("compress", out string? flag) || Flag(flag, "error reading compress log option: ");
        if (files < 0)
            throw Failure("max file count cannot be less than 0");
        return files <= 1 && compress
            ? throw Failure("compression cannot be enabled when max file count is 1")
            : new LogLimits(size, Math.Max(files, 1), compress);
    }

    private static void CheckMode(IReadOnlyDictionary<string, string> options)
    {
        string mode = options.GetValueOrDefault("mode", "");
        if (mode is not ("" or "blocking" or "non-blocking"))
            throw EngineException.Invalid($"logger: logging mode not supported: {mode}");
        if (mode == "non-blocking")
            throw EngineException.NotImplemented("log opt mode=non-blocking is not supported: the log is a file that no daemon stands before");
        if (options.ContainsKey("max-buffer-size"))
            throw EngineException.Invalid("logger: max-buffer-size option is only supported with 'mode=non-blocking'");
    }

    private static long Size(string text, string unreadable, string notPositive)
    {
        if (!ByteSize.TryParse(text, out long size))
            throw Failure(unreadable);
        return size > 0 ? size : throw Failure(notPositive);
    }

    private static int Files(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int files)
        ? files : throw Failure($"strconv.Atoi: parsing \"{text}\": invalid syntax");

    private static bool Flag(string text, string prefix) => text switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => throw Failure($"{prefix}strconv.ParseBool: parsing \"{text}\": invalid syntax"),
    };

    internal static EngineException Failure(string reason) => new(ErrorKind.Internal, "failed to initialize logging driver: " + reason);
}
