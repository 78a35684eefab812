using System.CommandLine;

namespace Argosy.Cli.CommandLine;

/// <summary>Makes options. The value's name (<c>string</c>, <c>list</c>) is what Docker's help calls its type.</summary>
internal static class Flag
{
    public static Option<bool> Bool(string name, string description, params string[] aliases) =>
        new(name, aliases) { Description = description };

    public static Option<string?> Text(string name, string description, params string[] aliases) => Text(name, "string", description, aliases);

    public static Option<string?> Text(string name, string valueName, string description, string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = valueName };

    public static Option<string[]> List(string name, string description, params string[] aliases) => List(name, "list", description, aliases);

    public static Option<string[]> List(string name, string valueName, string description, string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = valueName, Arity = ArgumentArity.OneOrMore };

    public static Option<int?> Int(string name, string description, params string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = "int" };

    public static Option<long?> Long(string name, string description, params string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = "int" };

    /// <summary>The names in the order of Docker's messages: <c>-t, --timeout</c>.</summary>
    public static IEnumerable<string> Names(Option option) =>
        option.Aliases.Where(alias => alias.Length == 2).Take(1).Append(option.Name);
}
