using System.Text.RegularExpressions;
using Aegis.Datasets.Files;
using Aegis.Datasets.Maps;

namespace Aegis.Tests.Datasets;

public sealed class DatasetsPageTests : IDisposable
{
    private readonly string _folder = Repository.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Example_OfThePage_ReadsAsThePageSays()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "datasets.md"));
        var (csv, map) = (Path.Combine(_folder, "laden.csv"), Path.Combine(_folder, "laden.json"));
        File.WriteAllText(csv, Block(page, "csv"));
        File.WriteAllText(map, Block(page, "json"));

        var rows = new CsvTransactionReader(csv, ColumnMap.Load(map), new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)).Read()
            .ToList();
        Assert.All(rows, row => Assert.Empty(row.Faults));
        var first = rows[0].Transaction!;
        Assert.Equal(("laden-2", "88-2", 123_456, "cafe-3", 5812), (
            first.Id, first.CardToken, first.AmountMinor, first.MerchantId, first.Mcc));
        Assert.Equal(new DateTimeOffset(2024, 7, 1, 10, 30, 0, TimeSpan.Zero), first.EventTime);
        Assert.Equal([true, false], rows.Select(row => row.Label.IsFraud));
    }

    private static string Block(string page, string language) =>
        Regex.Match(page, $"```{language}\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
}
