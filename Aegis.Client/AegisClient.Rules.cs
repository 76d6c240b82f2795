namespace Aegis.Client;

/// <content>Rules.</content>
public sealed partial class AegisClient
{
    /// <summary>All rules.</summary>
    public Task<RuleList> RulesAsync(CancellationToken cancel = default) => GetAsync<RuleList>("rules", cancel);

    /// <summary>All versions of a rule, newest first.</summary>
    public Task<IReadOnlyList<RuleReport>> RuleAsync(string name, CancellationToken cancel = default) =>
        GetAsync<IReadOnlyList<RuleReport>>($"rules/{Uri.EscapeDataString(name)}", cancel);

    /// <summary>Writes a new version of a rule as a draft. It changes nothing that is in force.</summary>
    public Task<RuleReport> WriteRuleAsync(string name, RuleRequest rule, CancellationToken cancel = default) =>
        PutAsync<RuleReport>($"rules/{Uri.EscapeDataString(name)}", rule, cancel);

    /// <summary>Brings a version of a rule into another state.</summary>
    public Task<RuleReport> MoveRuleAsync(string name, RuleStepRequest step, CancellationToken cancel = default) =>
        PostAsync<RuleReport>($"rules/{Uri.EscapeDataString(name)}/state", step, cancel);

    /// <summary>Checks a condition.</summary>
    public Task<RuleCheck> CheckRuleAsync(string when, CancellationToken cancel = default) =>
        PostAsync<RuleCheck>("rules/check", new RuleCheckRequest(when), cancel);

    /// <summary>The names that conditions may use.</summary>
    public Task<IReadOnlyList<RuleNameReport>> RuleNamesAsync(CancellationToken cancel = default) =>
        GetAsync<IReadOnlyList<RuleNameReport>>("rules/names", cancel);
}
