using System.Runtime.CompilerServices;
using Argosy.CompatTests.Engines;
using Argosy.CompatTests.Report;

namespace Argosy.CompatTests;

/// <summary>The cases of one client, each its real use of an engine, run against every engine; what they do goes into docs/compatibility.md.</summary>
[Trait("Needs", "Root")]
public abstract class ClientSuite(EngineFixture engines) : IClassFixture<EngineFixture>
{
    /// <summary>The client's name in the report.</summary>
    protected abstract string Client { get; }

    /// <summary>Runs a case on an engine and records how it ended.</summary>
    protected internal async Task OnAsync(EngineKind kind, Func<IEngine, Task> use, [CallerMemberName] string name = "")
    {
        bool passed = false;
        try
        {
            await use(await engines.GetAsync(kind));
            passed = true;
        }
        finally
        {
            RunReport.Add(new CaseResult(Client, name.Replace('_', ' '), kind, passed));
        }
    }
}
