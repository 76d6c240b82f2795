using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Aegis.Core.Features;

/// <summary>The features in order, and a hash that ties models and stored vectors to exactly this list.</summary>
public static class FeatureSchema
{
    /// <summary>All features, in the order of <see cref="Feature"/>.</summary>
    public static ImmutableArray<FeatureDefinition> All { get; } = Assemble(
    [
        .. AmountDefinitions.All, .. VelocityDefinitions.All, .. TimeDefinitions.All, .. PlaceDefinitions.All, .. NoveltyDefinitions.All,
        .. FactDefinitions.All, .. RiskDefinitions.All, .. KindDefinitions.All,
    ]);

    /// <summary>The features that models read unless a replay has chosen others.</summary>
    public static ImmutableArray<Feature> DefaultInputs { get; } =
        [.. Enum.GetValues<Feature>().Where(f => All[(int)f].Role != ModelRole.Stored)];

    /// <summary>The length of a feature vector.</summary>
    public static int Count => All.Length;

    /// <summary>The first 8 bytes, as hexadecimal, of a SHA-256 over names, sides and roles in order.</summary>
    public static string Hash { get; } = ComputeHash();

    /// <summary>The definition of a feature.</summary>
    public static FeatureDefinition Of(Feature feature) => All[(int)feature];

    /// <summary>The feature with a name.</summary>
    /// <exception cref="ArgumentException">There is no such feature.</exception>
    public static Feature Named(string name)
    {
        var index = 0;
        while (index < Count && All[index].Name != name)
        {
            index++;
        }

        return index < Count
            ? (Feature)index
            : throw new ArgumentException($"Feature is '{name}'; allowed: {string.Join(", ", All.Select(f => f.Name))}.", nameof(name));
    }

    /// <summary>Checks that each member of <see cref="Feature"/> has one definition, at its own position.</summary>
    /// <exception cref="InvalidOperationException">A member is missing, doubled or misplaced; the message names it.</exception>
    internal static ImmutableArray<FeatureDefinition> Assemble(ImmutableArray<FeatureDefinition> definitions)
    {
        foreach (var feature in Enum.GetValues<Feature>())
        {
            var count = definitions.Count(definition => definition.Feature == feature);
            if (count != 1)
            {
                throw new InvalidOperationException($"Feature {feature} has {count} definitions; allowed: one.");
            }
        }

        for (var position = 0; position < definitions.Length; position++)
        {
            var (feature, name) = (definitions[position].Feature, definitions[position].Name);
            if ((int)feature != position || !Enum.IsDefined(feature))
            {
                var allowed = Enum.IsDefined(feature) ? $"{(int)feature}, that of its member" : $"a member of {nameof(Feature)}";
                throw new InvalidOperationException(
                    $"Feature {feature} is defined, as '{name}', at position {position}; allowed: {allowed}.");
            }
        }

        return definitions;
    }

    private static string ComputeHash()
    {
        var text = string.Join('\n', All.Select(f => $"{f.Name} {f.Side} {f.Role} {f.Levels}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
    }
}
