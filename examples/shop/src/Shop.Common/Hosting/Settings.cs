using System.Globalization;

namespace Shop.Common.Hosting;

/// <summary>A service's settings: environment variables, and files for what must not stand in the environment.</summary>
public sealed class Settings(Func<string, string?> read)
{
    /// <summary>The settings of this process.</summary>
    public static Settings FromEnvironment() => new(Environment.GetEnvironmentVariable);

    /// <summary>A setting that has a default.</summary>
    public string Text(string name, string fallback) => read(name) is { Length: > 0 } value ? value : fallback;

    /// <summary>A setting without which the service cannot work.</summary>
    /// <exception cref="InvalidOperationException">It is not set.</exception>
    public string Required(string name) =>
        read(name) is { Length: > 0 } value ? value : throw new InvalidOperationException($"the environment variable {name} is not set");

    /// <summary>A whole number; at least <paramref name="least"/>.</summary>
    /// <exception cref="InvalidOperationException">It is no such number.</exception>
    public int Number(string name, int fallback, int least = 1)
    {
        if (read(name) is not { Length: > 0 } value)
            return fallback;
        return int.TryParse(value, CultureInfo.InvariantCulture, out int number) && number >= least
            ? number
            : throw new InvalidOperationException($"the environment variable {name} must be a whole number of at least {least}, and is \"{value}\"");
    }

    /// <summary>A span of time in milliseconds.</summary>
    public TimeSpan Milliseconds(string name, int fallback) => TimeSpan.FromMilliseconds(Number(name, fallback));

    /// <summary>A span of time in seconds.</summary>
    public TimeSpan Seconds(string name, int fallback) => TimeSpan.FromSeconds(Number(name, fallback));

    /// <summary>The content of the file that <paramref name="name"/> names, without its final newline.</summary>
    public string Secret(string name) => File.ReadAllText(Required(name)).TrimEnd('\n', '\r');
}
