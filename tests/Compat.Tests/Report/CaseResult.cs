using Argosy.CompatTests.Engines;

namespace Argosy.CompatTests.Report;

/// <summary>How one case of one client ended on one engine.</summary>
internal sealed record CaseResult(string Client, string Name, EngineKind Engine, bool Passed);
