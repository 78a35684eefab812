using Argosy.Cli.Images;
using Argosy.Contract.Images;

namespace Argosy.Cli.Tests.Output;

public class SearchTests
{
    [Fact]
    public void A_search_shows_dockers_columns_and_cuts_long_descriptions() => Assert.Equal(
        """
        NAME      DESCRIPTION                                     STARS     OFFICIAL
        nginx     Official build of Nginx.                        12        [OK]
        me/web    xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…   0         

        """, SearchCommand.Columns(truncates: true).Format(
        [
            new ImageSearchItem { Name = "nginx", Description = "Official build of Nginx.", StarCount = 12, IsOfficial = true },
            new ImageSearchItem { Name = "me/web", Description = new string('x', 60) },
        ], null));
}
