using System.Text.Json;
using Aegis.Core.Decisions;

namespace Aegis.Tests.Dashboard;

/// <summary>Decisions as the dashboard gets them.</summary>
internal static class Decisions
{
    /// <summary>A payment of 41.20 EUR in Berlin that was flagged for review.</summary>
    public static Decision Flagged(string id) => JsonSerializer.Deserialize<Decision>(ScriptedScoring.Decision(id), AegisJson.Options)!;
}
