using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Aegis.Core.Decisions;

namespace Aegis.Rules.Sets;

/// <summary>The rules that are in force together. A set never changes; another one takes its place.</summary>
/// <param name="Rules">The rules, in the order of their ids.</param>
public sealed record RuleSet(IReadOnlyList<RuleInForce> Rules)
{
    /// <summary>The most rules of a set.</summary>
    public const int MaxRules = 200;

    /// <summary>The set of some rules.</summary>
    public static RuleSet Of(IEnumerable<RuleInForce> rules) => new([.. rules.OrderBy(rule => rule.Id)]);

    /// <summary>Its name: a hash over all that it says.</summary>
    public string Version() =>
        "rules-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToJson())).AsSpan(0, sizeof(long)));

    /// <summary>The stored form.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, AegisJson.Options);

    /// <summary>Reads the result of <see cref="ToJson"/>.</summary>
    public static RuleSet Parse(string json) => JsonSerializer.Deserialize<RuleSet>(json, AegisJson.Options)!;
}
