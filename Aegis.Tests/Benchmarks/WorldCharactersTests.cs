using Aegis.Benchmarks.Quality;
using Aegis.Core.Transactions;

namespace Aegis.Tests.Benchmarks;

public sealed class WorldCharactersTests
{
    [Fact]
    public void All_HaveFraudsAndTheirCharacter()
    {
        Assert.Equal(6, WorldCharacters.All.Count);
        var young = Of("few payments a card");
        Assert.True(young.GroupBy(payment => payment.Transaction.CardToken).Max(card => card.Count()) <= 4);
        var online = Of("online only");
        Assert.All(online, payment => Assert.Equal(Channel.Ecommerce, payment.Transaction.Channel));
        var debit = Of("debit in one country");
        Assert.All(debit, payment => Assert.Equal(
            (null, null, false),
            (payment.Transaction.Latitude, payment.Transaction.DeviceId, payment.Transaction.Channel == Channel.Ecommerce)));
        var fleet = Of("fleet cards");
        Assert.InRange(fleet.Select(payment => payment.Transaction.CardToken).Distinct().Count(), 300, 400);
    }

    private static List<LabelledTransaction> Of(string name)
    {
        var payments = WorldCharacters.All.Single(world => world.Name == name).Payments().ToList();
        Assert.Contains(payments, payment => payment.Label.IsFraud);
        var times = payments.Select(payment => payment.Transaction.EventTime).ToList();
        Assert.Equal(times.Order(), times);
        return payments;
    }
}
