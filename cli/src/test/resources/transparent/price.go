// A service in Go that knows nothing of proxies: it passes the trace on, and no lane.
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		request, _ := http.NewRequest("GET", "http://tax:8080/", nil)
		request.Header.Set("traceparent", r.Header.Get("traceparent"))
		reply, err := http.DefaultClient.Do(request)
		if err != nil {
			fmt.Fprintf(w, "price: %v", err)
			return
		}
		body, _ := io.ReadAll(reply.Body)
		reply.Body.Close()
		fmt.Fprintf(w, "price@%s > %s", os.Args[1], body)
	})
	fmt.Println("ready")
	http.ListenAndServe(":8080", nil)
}
