using System.Text;
using Aegis.Core.Features;

namespace Aegis.Training;

/// <summary>Writes the page docs/features.md from the schema that the code uses.</summary>
internal static class FeaturePage
{
    /// <summary>The page.</summary>
    public static string Write()
    {
        var page = new StringBuilder($"""
            # Features
            Written by `Aegis.Training -- schema --markdown`; a test keeps it in step. {FeatureSchema.Count} features, schema `{FeatureSchema.Hash}`.

            Every decision stores all of them; a model reads the inputs that its bundle names. *Side*: the deviation that is suspicious; a model sees only that side of the feature
            (`both`: the distance from the usual; `none`: the value as it is). *Default input*: read by models that are trained without a choice by replay; `where it varies`: only
            if its values differ in the training payments.
            Sources: `card`, its own history, shrunk to the population while it is short; `merchant` and `population`, counted over all shards and read one interval late;
            `labels`, what became known of earlier payments, never of those younger than the label delay; `payment`, the payment alone.

            """.ReplaceLineEndings("\n"));
        foreach (var group in FeatureSchema.All.GroupBy(f => f.Group))
        {
            page.Append($"\n## {char.ToUpperInvariant(group.Key[0])}{group.Key[1..]}\n");
            page.Append("| feature | unit | source | side | default input | meaning | where missing |\n|---|---|---|---|---|---|---|\n");
            foreach (var f in group)
            {
                var input = f.Role switch { ModelRole.Scaled => "yes", ModelRole.OneHot => $"one column for each of {f.Levels}", ModelRole.WhereSeen => "where it varies", _ => "" };
                page.Append($"| `{f.Name}` | {f.Unit} | {Lower(f.Source)} | {Lower(f.Side)} | {input} | {f.Meaning} | {f.Missing} |\n");
            }
        }

        return page.ToString();
    }

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
