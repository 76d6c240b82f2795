using Aegis.Core.Features;

namespace Aegis.Rules.Names;

/// <summary>How a feature's stored value becomes the one that people write.</summary>
internal enum FeatureScale : byte
{
    /// <summary>As it is.</summary>
    Plain,

    /// <summary>ln(1 + x) becomes x.</summary>
    Amount,

    /// <summary>ln x becomes x: how many times the usual.</summary>
    Times,
}

/// <summary>The names of features. Models read many of them as logarithms; rules read payments, seconds, kilometres and times the
/// usual.</summary>
internal static class FeatureNames
{
    private const string Logarithm = "ln(1 + ";
    private const string Ratio = "ln ratio";
    private const string Suffix = "_log";

    // A float holds a logarithm to about 1e-7 of its value, so five payments may come out as 4.999999.
    private const double Rounding = 4e-6;

    /// <summary>All features but those whose value is the index of a name, and the amount, which has a name of its own.</summary>
    public static IEnumerable<RuleName> All { get; } =
        [.. FeatureSchema.All.Where(feature => feature.Levels == 0 && feature.Feature != Feature.AmountLog).Select(Named)];

    /// <summary>The value that rules read.</summary>
    public static double ValueOf(float stored, FeatureScale scale) => scale switch
    {
        FeatureScale.Amount => Whole(Math.Exp(stored) - 1),
        FeatureScale.Times => Whole(Math.Exp(stored)),
        _ => stored,
    };

    private static double Whole(double value) =>
        Math.Abs(value - Math.Round(value)) <= Rounding * (1 + Math.Abs(value)) ? Math.Round(value) : value;

    private static RuleName Named(FeatureDefinition feature)
    {
        var (scale, unit) = feature.Unit.StartsWith(Logarithm, StringComparison.Ordinal)
            ? (FeatureScale.Amount, feature.Unit[Logarithm.Length..^1])
            : feature.Unit == Ratio ? (FeatureScale.Times, "times") : (FeatureScale.Plain, feature.Unit);
        var name = scale == FeatureScale.Amount && feature.Name.EndsWith(Suffix, StringComparison.Ordinal)
            ? feature.Name[..^Suffix.Length]
            : feature.Name;
        var meaning = scale == FeatureScale.Times
            ? feature.Meaning.Replace("; 0 is usual", "; 1 is usual", StringComparison.Ordinal)
            : feature.Meaning;
        return new RuleName(RuleSource.Feature, name, isText: false, $"{meaning} ({unit})", "never")
            { Feature = (int)feature.Feature, Scale = scale };
    }
}
