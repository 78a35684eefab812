using Argosy.CompatTests.Engines;
using Argosy.CompatTests.Report;

namespace Argosy.CompatTests;

/// <summary>What can only be judged when all other classes are done: xunit runs collections that are not parallel after those that are.</summary>
[Collection(nameof(LastCollection))]
[Trait("Needs", "Root")]
public sealed class LastTests
{
    [Fact]
    public void No_engine_left_anything_on_the_host() => Assert.Empty(EngineFixture.Failures);

    /// <summary>Cases that were not run, because of a filter or because node is missing, are not judged. ARGOSY_WRITE_DOCS=1 writes the page, from a whole run.</summary>
    [Fact]
    public void What_docs_compatibility_says_of_clients_is_what_happened()
    {
        if (ClientsPage.IsWriting)
            ClientsPage.Write(RunReport.Results);
        IReadOnlyDictionary<(string, string), string> page = ClientsPage.Read();
        foreach (CaseResult result in RunReport.Results.Where(result => result.Engine == EngineKind.Argosyd))
            Assert.True(page.TryGetValue((result.Client, result.Name), out string? said) && said == ClientsPage.Word(result),
                $"docs/compatibility.md says \"{said}\" of {result.Client}, {result.Name}; it {ClientsPage.Word(result)}. ARGOSY_WRITE_DOCS=1 dotnet test tests/Compat.Tests writes it anew.");
    }
}
