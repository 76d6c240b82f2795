using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Aegis.Core.Features;

namespace Aegis.Tests.Core.Features;

public sealed partial class FeatureSchemaTests
{
    [Fact]
    public void Hash_StaysAsStoredVectorsAndModelsHoldIt() => Assert.Equal("8155f963e1748438", FeatureSchema.Hash);

    [Fact]
    public void All_HasOneDefinitionPerFeatureAndUniqueNames()
    {
        Assert.Equal(Enum.GetValues<Feature>(), FeatureSchema.All.Select(definition => definition.Feature));
        Assert.Equal(FeatureSchema.Count, FeatureSchema.All.Select(definition => definition.Name).Distinct().Count());
    }

    [Fact]
    public void All_NamesEachFeatureAsItsMember() => Assert.All(
        FeatureSchema.All, definition => Assert.Equal(NameOf(definition.Feature), definition.Name));

    [Fact]
    public void Assemble_OfAllDefinitions_KeepsThem() => Assert.Equal(FeatureSchema.All, FeatureSchema.Assemble(FeatureSchema.All));

    [Fact]
    public void Assemble_OfTwoSwappedDefinitions_NamesTheFirst()
    {
        var (count, sum) = (FeatureSchema.Of(Feature.Count1Day), FeatureSchema.Of(Feature.Sum1Day));
        var swapped = FeatureSchema.All.SetItem((int)Feature.Count1Day, sum).SetItem((int)Feature.Sum1Day, count);
        Assert.Equal("Feature Sum1Day is defined, as 'sum_1d', at position 11; allowed: 16, that of its member.", Refusal(swapped));
    }

    [Fact]
    public void Assemble_OfTwoDefinitionsWithSwappedMembers_NamesTheFirst()
    {
        var count = FeatureSchema.Of(Feature.Count1Day) with { Feature = Feature.Sum1Day };
        var sum = FeatureSchema.Of(Feature.Sum1Day) with { Feature = Feature.Count1Day };
        var swapped = FeatureSchema.All.SetItem((int)Feature.Count1Day, count).SetItem((int)Feature.Sum1Day, sum);
        Assert.Equal("Feature Sum1Day is defined, as 'count_1d', at position 11; allowed: 16, that of its member.", Refusal(swapped));
    }

    [Fact]
    public void Assemble_OfMissingDefinition_NamesIt() => Assert.Equal(
        "Feature CardAge has 0 definitions; allowed: one.", Refusal(FeatureSchema.All.RemoveAt((int)Feature.CardAge)));

    [Fact]
    public void Assemble_OfDoubledDefinition_NamesIt() => Assert.Equal(
        "Feature CardAge has 2 definitions; allowed: one.", Refusal(FeatureSchema.All.Add(FeatureSchema.Of(Feature.CardAge))));

    [Fact]
    public void Assemble_OfDefinitionOfNoMember_NamesIt() => Assert.Equal(
        "Feature 99 is defined, as 'channel', at position 76; allowed: a member of Feature.",
        Refusal(FeatureSchema.All.Add(FeatureSchema.Of(Feature.Channel) with { Feature = (Feature)99 })));

    private static string Refusal(ImmutableArray<FeatureDefinition> definitions) =>
        Assert.Throws<InvalidOperationException>(() => FeatureSchema.Assemble(definitions)).Message;

    // AmountExcess7Days is amount_excess_7d, HourSine is hour_sin.
    private static string NameOf(Feature feature)
    {
        var words = Words().Matches(feature.ToString()).Select(word => word.Value.ToLowerInvariant());
        var name = Window().Replace(string.Join('_', words), window => $"{window.Groups[1].Value}{window.Groups[2].Value[0]}");
        return name.Replace("cosine", "cos", StringComparison.Ordinal).Replace("sine", "sin", StringComparison.Ordinal);
    }

    [GeneratedRegex("[A-Z][a-z]*|[0-9]+")]
    private static partial Regex Words();

    [GeneratedRegex("([0-9]+)_(minutes?|hours?|days?)")]
    private static partial Regex Window();
}
