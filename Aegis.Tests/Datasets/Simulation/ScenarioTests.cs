using Aegis.Core.Transactions;
using Aegis.Datasets.Simulation;
using Aegis.Datasets.Simulation.Scenarios;

namespace Aegis.Tests.Datasets.Simulation;

/// <summary>Each scenario is what its description says.</summary>
public sealed class ScenarioTests(SmallWorld small) : IClassFixture<SmallWorld>
{
    [Fact]
    public void CardTesting_BeginsWithSmallPaymentsAtOneSite()
    {
        foreach (var episode in Episodes(new CardTesting()))
        {
            var tests = episode.TakeWhile(payment => payment.Merchant == episode[0].Merchant).ToList();
            Assert.InRange(tests.Count, 2, 6);
            Assert.InRange(episode.Count, 3, 8);
            Assert.InRange(tests.Average(payment => payment.Euros), 0.5, 15);
        }
    }

    [Fact]
    public void AccountTakeover_IsOnTheWebMostlyFromAnUnknownDevice()
    {
        var episodes = Episodes(new AccountTakeover());
        Assert.All(episodes, episode => Assert.All(episode, payment => Assert.Equal(Channel.Ecommerce, payment.Channel)));
        Assert.InRange(episodes.Count(episode => IsForeign(episode[0])) / (double)episodes.Count, 0.65, 0.95);
    }

    [Fact]
    public void CounterfeitAbroad_PaysInAnotherCountryThanItsOwner()
    {
        Assert.All(Episodes(new CounterfeitAbroad()), episode =>
        {
            var owner = small.World.Customer(episode[0].Customer).CityOn(DayOf(episode[0]));
            var country = City.All[small.World.Merchants.All[episode[0].Merchant].City].Country;
            Assert.All(episode, payment => Assert.Equal(country, City.All[small.World.Merchants.All[payment.Merchant].City].Country));
            // The thieves may have waited for the next morning, and the owner travelled meanwhile.
            var before = small.World.Customer(episode[0].Customer).CityOn(DayOf(episode[0]) - 1);
            Assert.True(country != City.All[owner].Country || country != City.All[before].Country);
        });
    }

    [Fact]
    public void FrequentTraveller_PaysWhereTheOwnerOftenIs()
    {
        Assert.All(Episodes(new FrequentTraveller()), episode =>
        {
            var owner = small.World.Customer(episode[0].Customer);
            Assert.True(owner.IsFrequentTraveller);
            var regular = Enumerable.Range(0, CustomerProfile.RegularDestinations).Select(owner.RegularDestination);
            Assert.Contains(small.World.Merchants.All[episode[0].Merchant].City, regular);
        });
    }

    [Fact]
    public void SkimmedTerminal_UsesCardsOfOneTerminalAtFewShops()
    {
        var episodes = Episodes(new SkimmedTerminal());
        Assert.Single(episodes.Select(episode => small.World.Customer(episode[0].Customer).ResidenceOn(DayOf(episode[0])).City).Distinct());
        Assert.InRange(episodes.SelectMany(episode => episode).Select(payment => payment.Merchant).Distinct().Count(), 1, 3);
        Assert.True(episodes.Select(episode => episode[0].Customer).Distinct().Count() > 3);
    }

    [Fact]
    public void SlowDrip_StaysBelowTheUsualForWeeks()
    {
        var episodes = Episodes(new SlowDrip());
        Assert.Single(episodes.SelectMany(episode => episode).Select(payment => payment.Merchant).Distinct());
        Assert.All(episodes, episode => Assert.InRange(ToUsual(episode), -3, 0.2));
        Assert.InRange(episodes.Average(ToUsual), -1.5, -0.5);
        Assert.InRange(episodes.Average(episode => TimeSpan.FromMilliseconds(episode[^1].TimeMs - episode[0].TimeMs).TotalDays), 8, 25);

        double ToUsual(List<SimulatedPayment> episode) =>
            episode.Average(payment => Math.Log(payment.Euros)) - small.World.Customer(episode[0].Customer).UsualLog;
    }

    [Fact]
    public void FamiliarSite_StaysInATradeThatTheOwnerKnows()
    {
        var episodes = Episodes(new FamiliarSite());
        Assert.All(episodes, episode => Assert.Single(
            episode.Select(payment => small.World.Merchants.All[payment.Merchant].Trade).Distinct()));
        var atFavourites = episodes.SelectMany(episode => episode).Count(payment =>
        {
            var owner = small.World.Customer(payment.Customer);
            var trade = Array.IndexOf(Trade.Sites, small.World.Merchants.All[payment.Merchant].Trade);
            return Enumerable.Range(0, Favourites.PerTrade).Any(
                rank => Favourites.Site(small.World, owner, owner.ResidenceOn(DayOf(payment)), trade, rank).Number == payment.Merchant);
        });
        Assert.InRange(atFavourites / (double)episodes.Sum(episode => episode.Count), 0.5, 0.95);
    }

    [Fact]
    public void LostCard_NeverNeedsAPinAndIsQuick()
    {
        Assert.All(Episodes(new LostCard()), episode =>
        {
            Assert.All(episode, payment => Assert.True(payment is { Euros: <= 50, Channel: Channel.Contactless }));
            Assert.InRange(episode.Count, 3, 8);
        });
    }

    [Fact]
    public void BustOut_GrowsOnTheOwnersOwnDevice()
    {
        var episodes = Episodes(new BustOut());
        Assert.DoesNotContain(episodes.SelectMany(episode => episode), payment => payment.Device != 0 && IsForeign(payment));
        Assert.True(episodes.Average(episode => Math.Log(episode[^1].Euros)) > episodes.Average(episode => Math.Log(episode[0].Euros))
            + 0.5);
    }

    [Fact]
    public void MerchantCollusion_RunsManyCardsThroughOneTerminal()
    {
        var episodes = Episodes(new MerchantCollusion());
        Assert.Single(episodes.SelectMany(episode => episode).Select(payment => payment.Merchant).Distinct());
        Assert.True(episodes.Select(episode => episode[0].Customer).Distinct().Count() > 20);
    }

    [Fact]
    public void Frauds_AreInTimeOrderAndNotBeforeTheirStart()
    {
        foreach (var scenario in FraudScenario.Usual)
        {
            Assert.All(Episodes(scenario), episode => Assert.True(
                episode[0].TimeMs >= Start
                && episode.Zip(episode.Skip(1)).All(pair => pair.Second.TimeMs > pair.First.TimeMs), scenario.Name));
        }
    }

    private static long Start => new DateTimeOffset(2025, 3, 12, 3, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>A hundred episodes of one ring, all on one night.</summary>
    private List<List<SimulatedPayment>> Episodes(FraudScenario scenario)
    {
        var world = small.World;
        var kind = world.Options.Scenarios.Single(usual => usual.Name == scenario.Name);
        var episodes = new List<List<SimulatedPayment>>();
        for (var number = 0; number < 100; number++)
        {
            var episode = new Episode(world, kind, Start, WorldDraws.For(world.Seed, Purpose.Live, number), rings: 1);
            if (Enumerable.Range(0, 3_000).Select(i => world.Customer((number * 31 + i) % 3_000))
                .FirstOrDefault(customer => scenario.Suits(episode, customer)) is { } victim)
            {
                episode.Victim = victim;
                scenario.Play(episode);
                episodes.Add(episode.Payments);
            }
        }

        Assert.NotEmpty(episodes);
        return episodes;
    }

    private bool IsForeign(in SimulatedPayment payment)
    {
        var owner = small.World.Customer(payment.Customer);
        return payment.Device != owner.DeviceOn(DayOf(payment), 0) && payment.Device != owner.DeviceOn(DayOf(payment), 0.999);
    }

    private static int DayOf(in SimulatedPayment payment) => CalendarDay.NumberOf(payment.TimeMs);
}
