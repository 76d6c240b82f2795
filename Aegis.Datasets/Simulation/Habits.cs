using Aegis.Core.Numerics;

namespace Aegis.Datasets.Simulation;

/// <summary>The hours at which a kind of customer goes out, and the trades that this kind visits.</summary>
internal sealed class Habits
{
    private const int Hours = 24;

    private readonly double[] _weekdayHours;
    private readonly double[] _weekendHours;
    private readonly double[][] _trades;
    private readonly double[][] _sundayTrades;

    private Habits(string name, (double Hour, double Weight, double Spread)[] weekday, (
        double Hour, double Weight, double Spread)[] weekend, double[] shops, double[] sites)
    {
        Name = name;
        _weekdayHours = CumulateHours(weekday);
        _weekendHours = CumulateHours(weekend);
        _trades = CumulateTrades(shops, isSunday: false);
        _sundayTrades = CumulateTrades(shops, isSunday: true);
        Sites = Cumulate(sites);
    }

    /// <summary>The name for people.</summary>
    public string Name { get; }

    /// <summary>The share of the customers.</summary>
    public required double Share { get; init; }

    /// <summary>The mean number of outings a day.</summary>
    public required double OutingsPerDay { get; init; }

    /// <summary>The mean share of outings that are on the web.</summary>
    public required double OnlineShare { get; init; }

    /// <summary>The shift of the mean of ln EUR.</summary>
    public required double SpendingShift { get; init; }

    /// <summary>The probability of a business trip in a week.</summary>
    public double BusinessTripsPerWeek { get; init; }

    /// <summary>The chance of a night out on a Friday or Saturday, relative to other kinds.</summary>
    public double NightOuts { get; init; } = 1;

    /// <summary>The cumulated weights of <see cref="Trade.Sites"/>.</summary>
    public double[] Sites { get; }

    /// <summary>Goes to work and shops in the evening.</summary>
    public static Habits Worker { get; } = new(
        "worker", [(8, .6, 1), (12.5, 1, 1), (18.3, 1.6, 1.6)], [(11.5, 1.2, 1.8), (15.5, 1, 2), (19.5, .9, 1.6)],
        [.26, .11, .14, .05, .08, .045, .012, .018, .05, .015, .02, .10, .004, .05, .002, .04, .008],
        [.25, .05, .12, .17, .03, .07, .17, .04, .05, .05])
    { Share = .40, OutingsPerDay = .46, OnlineShare = .22, SpendingShift = 0, NightOuts = 1.3 };

    /// <summary>Shops for several people.</summary>
    public static Habits Family { get; } = new(
        "family", [(9.5, 1, 1.3), (16.8, 1.5, 1.7)], [(10.8, 1.6, 1.5), (16, .8, 2)],
        [.38, .07, .06, .015, .10, .06, .012, .04, .07, .02, .02, .03, .003, .05, .002, .05, .02],
        [.25, .04, .20, .08, .03, .15, .08, .10, .03, .04])
    { Share = .25, OutingsPerDay = .54, OnlineShare = .22, SpendingShift = .15, NightOuts = .3 };

    /// <summary>Pays late, small amounts, and often on the web.</summary>
    public static Habits Student { get; } = new(
        "student", [(13, 1, 1.6), (19, 1, 2), (22.8, .7, 1.3)], [(14, 1, 2), (19.5, .9, 1.8), (23.4, .9, 1.4)],
        [.24, .07, .24, .11, .02, .05, .012, .008, .03, .03, .01, .12, .002, .05, .001, .003, .004],
        [.20, .05, .16, .30, .02, .04, .15, .01, .04, .03])
    { Share = .12, OutingsPerDay = .50, OnlineShare = .38, SpendingShift = -.35, NightOuts = 4 };

    /// <summary>Pays in the morning, and rarely on the web.</summary>
    public static Habits Retired { get; } = new(
        "retired", [(10, 1.6, 1.2), (15.3, 1, 1.5)], [(10.5, 1.4, 1.2), (15, .7, 1.6)],
        [.38, .10, .02, .01, .05, .03, .006, .03, .13, .01, .03, .05, .004, .09, .003, .03, .03],
        [.35, .05, .12, .04, .06, .20, .05, .05, .05, .03])
    { Share = .18, OutingsPerDay = .36, OnlineShare = .08, SpendingShift = -.05, NightOuts = .1 };

    /// <summary>Is often in another city.</summary>
    public static Habits Business { get; } = new(
        "business", [(7.5, .8, 1), (12.5, 1, 1.1), (19.5, 1.5, 1.8)], [(11.5, 1, 1.8), (17, 1, 2.5)],
        [.14, .24, .10, .06, .07, .04, .015, .01, .03, .005, .015, .14, .06, .04, .004, .03, .006],
        [.22, .07, .12, .14, .14, .06, .12, .05, .05, .03])
    { Share = .05, OutingsPerDay = .64, OnlineShare = .25, SpendingShift = .45, BusinessTripsPerWeek = .4 };

    /// <summary>Any customer on a trip.</summary>
    public static Habits Tourist { get; } = new(
        "tourist", [(10, .8, 1.5), (13.5, 1, 1.6), (19.8, 1.5, 2)], [(10.5, .8, 1.5), (13.5, 1, 1.6), (20, 1.5, 2)],
        [.15, .27, .12, .08, .03, .07, .008, 0, .03, .03, 0, .09, .05, .07, .006, .01, .002], [.1, .02, .05, .3, .2, .03, .2, 0, .1, 0])
    { Share = 0, OutingsPerDay = 0, OnlineShare = .12, SpendingShift = 0 };

    /// <summary>The kinds of customers that are drawn by share.</summary>
    public static Habits[] All { get; } = [Worker, Family, Student, Retired, Business];

    /// <summary>The factor on outings by weekday.</summary>
    public static double WeekdayFactor(DayOfWeek day) => day switch
    {
        DayOfWeek.Friday => 1.2,
        DayOfWeek.Saturday => 1.35,
        DayOfWeek.Sunday => 0.65,
        DayOfWeek.Monday => 0.9,
        _ => 0.95,
    };

    /// <summary>Draws one of the kinds of customers.</summary>
    public static Habits Draw(ref SeededRandom random)
    {
        var point = random.NextDouble();
        foreach (var habits in All)
        {
            point -= habits.Share;
            if (point < 0)
            {
                return habits;
            }
        }

        return All[0];
    }

    /// <summary>Draws a local hour of the day, 0 to 24.</summary>
    public double DrawHour(bool isWeekend, ref SeededRandom random)
    {
        var hour = Draw(isWeekend ? _weekendHours : _weekdayHours, ref random);
        return hour + random.NextDouble();
    }

    /// <summary>Draws a trade with shops open at a local hour, 0 to 23.</summary>
    public int DrawTrade(int hour, bool isSunday, ref SeededRandom random) => Draw((isSunday ? _sundayTrades : _trades)[hour], ref random);

    /// <summary>Draws a position by cumulated weights.</summary>
    public static int Draw(double[] cumulated, ref SeededRandom random)
    {
        var point = random.NextDouble() * cumulated[^1];
        var position = 0;
        while (cumulated[position] <= point)
        {
            position++;
        }

        return position;
    }

    private static double[] CumulateHours((double Hour, double Weight, double Spread)[] bumps)
    {
        var weights = new double[Hours];
        for (var hour = 0; hour < Hours; hour++)
        {
            // Every hour has a small weight.
            weights[hour] = 0.004;
            foreach (var (centre, weight, spread) in bumps)
            {
                var distance = Math.Abs(hour + 0.5 - centre);
                var z = Math.Min(distance, Hours - distance) / spread;
                weights[hour] += weight / spread * PortableMath.Exp(-0.5 * z * z);
            }
        }

        return Cumulate(weights);
    }

    private static double[][] CumulateTrades(double[] shops, bool isSunday)
    {
        var hours = new double[Hours][];
        for (var hour = 0; hour < Hours; hour++)
        {
            hours[hour] = Cumulate([.. shops.Select((weight, i) => weight * OpenShare(Trade.Shops[i], hour + 0.5, isSunday))]);
        }

        return hours;
    }

    private static double OpenShare(Trade trade, double hour, bool isSunday)
    {
        var isOpen = (hour >= trade.Opens && hour < trade.Closes) || hour + Hours < trade.Closes;
        return !isOpen ? 0 : isSunday ? trade.SundayShare : 1;
    }

    private static double[] Cumulate(double[] weights)
    {
        double sum = 0;
        return [.. weights.Select(weight => sum += weight)];
    }
}
