using Aegis.Core.Decisions;
using Aegis.Rules.Sets;
using Aegis.Rules.Starter;

namespace Aegis.Tests.Rules;

public sealed class StarterPackTests
{
    [Fact]
    public void TwelveRules_HaveNoFault_AndSayWhatTheyAreFor()
    {
        Assert.Equal(12, StarterPack.Rules.Select(rule => rule.Name).Distinct().Count());
        foreach (var (name, rule) in StarterPack.Rules)
        {
            Assert.True(RuleDefinition.IsName(name), name);
            Assert.Empty(rule.Faults(RuleInputs.Names));
            Assert.Equal(DecisionOutcome.Review, rule.Then);
            Assert.True(rule.Description!.Length > 40, name);
        }
    }
}
