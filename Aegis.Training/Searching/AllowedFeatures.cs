using Aegis.Core.Features;
using Aegis.MachineLearning.Bundles;

namespace Aegis.Training.Searching;

/// <summary>The features that a search may choose from.</summary>
internal static class AllowedFeatures
{
    private const string LabelGroup = "labels";

    /// <summary>All features, except those of the groups left out and those that are constant in the rows.</summary>
    /// <param name="rows">The rows, one or more.</param>
    /// <param name="leftOutGroups">The groups to leave out, separated by commas; null for none.</param>
    /// <param name="feedsLabels">True if labels feed features; if not, their group is left out too.</param>
    /// <exception cref="ArgumentException">A group is unknown.</exception>
    public static Feature[] Of(FeatureRows rows, string? leftOutGroups, bool feedsLabels)
    {
        var leftOut = LeftOut(leftOutGroups, feedsLabels);
        return [.. Enum.GetValues<Feature>().Where(feature => !leftOut.Contains(FeatureSchema.Of(feature).Group) && rows.Varies(feature))];
    }

    private static HashSet<string> LeftOut(string? leftOutGroups, bool feedsLabels)
    {
        const StringSplitOptions Names = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        HashSet<string> groups = [.. leftOutGroups?.Split(',', Names) ?? []];
        var known = FeatureSchema.All.Select(f => f.Group).Distinct().ToList();
        if (groups.FirstOrDefault(group => !known.Contains(group)) is { } unknown)
        {
            throw new ArgumentException($"--without is '{unknown}'; allowed: {string.Join(", ", known)}.");
        }

        if (!feedsLabels)
        {
            groups.Add(LabelGroup);
        }

        return groups;
    }
}
