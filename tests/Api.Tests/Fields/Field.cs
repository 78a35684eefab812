using Argosy.Testing;

namespace Argosy.Api.Tests.Fields;

/// <summary>A field of a request, as the Engine API's specification (1.51) names it, and what becomes of it.</summary>
/// <param name="Name">With a dot between the parts; <c>[]</c> for an item of a list.</param>
/// <param name="Without">A body that does not have it.</param>
/// <param name="With">The same body with it.</param>
/// <param name="Outcome">honoured, shown, warned, refused, no effect; behind a colon a part of the words.</param>
public sealed record Field(string Name, string Without, string With, string Outcome)
{
    private static readonly string Source = Path.Combine(Repository.Root, "tests/Api.Tests/Fields/fields.tsv");

    /// <summary>Our own list, written down from the specification: the tests need nothing from outside the repository.</summary>
    public static IReadOnlyList<Field> All { get; } =
        [.. File.ReadLines(Source).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t')).Select(parts => new Field(parts[0], parts[1], parts[2], parts[3]))];

    public string Kind => Outcome.Split(':')[0];

    public string Words => Outcome.Contains(':', StringComparison.Ordinal) ? Outcome[(Outcome.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() : "";

    public bool IsExec => Name.StartsWith("ExecConfig.", StringComparison.Ordinal);

    public override string ToString() => Name;
}
