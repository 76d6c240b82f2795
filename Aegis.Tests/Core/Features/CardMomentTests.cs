using Aegis.Core.Facts;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;
using static Aegis.Tests.Core.TestPayments;

namespace Aegis.Tests.Core.Features;

public sealed class CardMomentTests
{
    private readonly CardProbe _probe = new();

    /// <summary>The facts of the day move one deviation, and never the one that histories remember.</summary>
    [Fact]
    public void Fill_UnderFacts_ChangesOneDeviationAlone()
    {
        var counts = new FactCounts();
        for (var i = 0; i < 20; i++)
        {
            counts.Add(Of(amount: 130), isNewAtMerchant: false);
        }

        _probe.Facts.Add(Midnight, counts);
        var moment = At(Of(amount: 90));
        // As many payments of 130 as the 30 weighs: a mean of 80.
        Assert.Equal(10 / 80.0, moment.AmountDeviation, 1e-5);
        Assert.Equal(60 / 30.0, moment.OwnDeviation, 1e-5);
    }

    [Fact]
    public void Fill_OfATrip_MeasuresFromTheLastPlaceAndFromTheCentre()
    {
        Assert.Equal((false, 0, 0), Trip(Of(place: (50, 10))));
        _probe.Add(Of(place: (50, 10)));
        _probe.Add(Of(place: (52, 10)));
        var degree = GreatCircle.DistanceKm(50, 10, 51, 10);
        var (hasTrip, tripKm, fromCentreKm) = Trip(Of(place: (53, 10)));
        Assert.True(hasTrip);
        Assert.Equal(degree, tripKm, 1e-3);
        Assert.Equal(2 * degree, fromCentreKm, 1e-3);
        Assert.Equal((false, 0, 0), Trip(Of()));
        Assert.Equal((false, 0, 0), Trip(Of(place: (53, 10), channel: Channel.Moto)));
    }

    [Fact]
    public void Fill_KnowsTheExcessOfEarlierPaymentsOnly()
    {
        Assert.Equal(0, At(Of(amount: 9_000)).AmountExcess);
        _probe.Add(Of(amount: 9_000));
        Assert.Equal(8, At(Of()).AmountExcess, 1e-5);
    }

    private (bool HasTrip, double TripKm, double FromCentreKm) Trip(in Payment payment)
    {
        var moment = At(payment);
        return (moment.HasTrip, moment.TripKm, moment.FromCentreKm);
    }

    private CardMoment At(in Payment payment)
    {
        var moment = new CardMoment { Counts = new double[DecayWindows.Count], Sums = new double[DecayWindows.Count] };
        moment.Fill(_probe.Card, payment, _probe.Facts.Population);
        return moment;
    }
}
