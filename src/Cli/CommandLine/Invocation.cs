using System.CommandLine;

namespace Argosy.Cli.CommandLine;

/// <summary>A command line that has been parsed: the values of options, and the arguments in order.</summary>
internal sealed class Invocation(ParseResult result, VerbCommand command)
{
    /// <summary>All arguments that are no options.</summary>
    public IReadOnlyList<string> Arguments { get; } = result.GetValue(command.Words) ?? [];

    public T? Get<T>(Option<T> option) => result.GetValue(option);

    /// <summary>The value of an option that is known by name, <c>--follow</c>.</summary>
    public T? Get<T>(string name) => result.GetValue<T>(name);

    /// <summary>The values of an option that may be given several times, in order.</summary>
    public IReadOnlyList<string> GetAll(Option<string[]> option) => result.GetValue(option) ?? [];

    /// <summary>Whether the user wrote the option.</summary>
    public bool Has(Option option) => result.GetResult(option) is { Implicit: false };

    /// <summary>Reads an option's text; what the reader refuses becomes Docker's sentence about the option.</summary>
    public T Read<T>(Option<string?> option, Func<string, T> read, T absent) =>
        Get(option) is { } text ? ReadValue(option, text, read) : absent;

    /// <summary>Reads every value of an option.</summary>
    public IReadOnlyList<T> ReadAll<T>(Option<string[]> option, Func<string, T> read) =>
        [.. GetAll(option).Select(text => ReadValue(option, text, read))];

    private static T ReadValue<T>(Option option, string text, Func<string, T> read)
    {
        try
        {
            return read(text);
        }
        catch (FormatException refusal)
        {
            throw InvalidValue(option, text, refusal.Message);
        }
    }

    public static UsageException InvalidValue(Option option, string text, string reason) =>
        new($"invalid argument \"{text}\" for \"{string.Join(", ", Flag.Names(option))}\" flag: {reason}");
}
